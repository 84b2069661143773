import type { Expected } from "./study-settings.ts";

/** One setting on one task. */
export interface StudyCell {
  readonly task: string;
  /** Means over images and seeds; dB. */
  readonly psnr: number;
  readonly ssim: number;
  /** One run of the batch. */
  readonly seconds: number;
  readonly expected: Expected;
  /** dB by which a result may differ from the study's. */
  readonly tolerance: number;
}

export interface StudyRow {
  readonly setting: string;
  readonly cells: readonly StudyCell[];
}

const signed = (value: number, digits: number) => `${value < 0 ? "" : "+"}${value.toFixed(digits)}`;

/** A row for the terminal: PSNR, its difference to the study, SSIM. */
export function studyLine({ setting, cells }: StudyRow): string {
  const parts = cells.map(({ task, psnr, ssim, seconds, expected, tolerance }) => {
    const difference = psnr - expected.psnr;
    const mark = Math.abs(difference) > tolerance ? " !" : "";
    return `  ${task.padEnd(7)} ${psnr.toFixed(2)} dB (${signed(difference, 2)}${mark})  SSIM ${ssim.toFixed(3)} (${signed(ssim - expected.ssim, 3)})  ${seconds.toFixed(1)} s`;
  });
  return [setting, ...parts].join("\n");
}

/** The study as a page. */
export function studyMarkdown(
  rows: readonly StudyRow[],
  { machine, seeds }: { readonly machine: string; readonly seeds: number },
): string {
  const tasks = rows[0]?.cells.map(({ task }) => task) ?? [];
  const table = (title: string, of: (cell: StudyCell) => string) => [
    `## ${title}`,
    "",
    `| | ${tasks.join(" | ")} |`,
    `|---|${"---:|".repeat(tasks.length)}`,
    ...rows.map(({ setting, cells }) => `| ${setting} | ${cells.map(of).join(" | ")} |`),
    "",
  ];
  const cells = rows.flatMap((row) => row.cells);
  const within = cells.filter(
    ({ psnr, expected, tolerance }) => Math.abs(psnr - expected.psnr) <= tolerance,
  ).length;
  const above = cells.filter(({ psnr, expected, tolerance }) => psnr > expected.psnr + tolerance);
  return [
    "# DPS-MO on Fashion-MNIST",
    "",
    `${machine} Made by \`npm run bench -- study --seeds ${seeds} --write\`.`,
    "",
    `Test images 0 to 15, measurement noise 0.05, prior fashion28; means over the images and ${seeds} seed${seeds === 1 ? "" : "s"}, scored by metric/psnr and metric/ssim. In brackets the difference to a separate implementation of the same sampler in PyTorch, with other random numbers and fashion28 as it was after its first training (with that: [mo-study-parity.md](mo-study-parity.md)). ${within} of ${cells.length} PSNRs are within 0.5 dB of it (phase: 1 dB; 8 images, best of 4 runs), ${above.length} lie above that. HDR starts from the pseudo-inverse at noise level 1 in the MO* rows, as in the study.`,
    "",
    ...table(
      "PSNR, dB",
      ({ psnr, expected }) => `${psnr.toFixed(2)} (${signed(psnr - expected.psnr, 2)})`,
    ),
    ...table(
      "SSIM",
      ({ ssim, expected }) => `${ssim.toFixed(3)} (${signed(ssim - expected.ssim, 3)})`,
    ),
    ...table("Seconds a batch", ({ seconds }) => seconds.toFixed(1)),
  ].join("\n");
}
