import type { PriorCheckReport } from "../../../nodes/prior/check/prior-check.ts";

/** The report as lines for a terminal. */
export function formatPriorCheck(report: PriorCheckReport): readonly string[] {
  const { name, asked, needs, findings, suggestion, passed } = report;
  const verdict = passed ? "passed" : needs.length > 0 ? "not checked to the end" : "failed";
  return [
    `${name}: ${signatureText(report)}`,
    ...(asked === null ? [] : [`asked as: ${asked}; ${picturesText(report)}`]),
    ...levelLines(report),
    ...findings.map(({ verdict: mark, message }) => `${mark}: ${message}`),
    ...needs,
    ...(passed || suggestion === null
      ? []
      : [`for the card: "denoodle": ${JSON.stringify(suggestion)}`]),
    `${name}: ${verdict}`,
  ];
}

function signatureText({ signature }: PriorCheckReport): string {
  const text = (tensors: typeof signature.inputs) =>
    tensors.map(({ name, dtype, dims }) => `${name} ${dtype} [${dims.join(",")}]`).join(", ");
  const size = `${(signature.parameters / 1e6).toPrecision(2)} million parameters`;
  return `${text(signature.inputs)} -> ${text(signature.outputs)}; opset ${signature.opset}, ${size}`;
}

function picturesText({ pictures, synthetic }: PriorCheckReport): string {
  return synthetic
    ? `tested on ${pictures} made-up smooth signals, because no reference picture fits`
    : `tested on ${pictures} reference ${pictures === 1 ? "picture" : "pictures"}`;
}

function levelLines({ levels }: PriorCheckReport): readonly string[] {
  if (levels.length === 0) return [];
  const row = (cells: readonly string[]) => cells.map((cell) => cell.padStart(8)).join("");
  return [
    row(["σ", "noisy", "answer", "dB won", "var ε̂", "exact"]),
    ...levels.map((l) =>
      row([
        String(Number(l.sigma.toPrecision(3))),
        l.noisyPsnr.toFixed(2),
        l.psnr.toFixed(2),
        (l.psnr - l.noisyPsnr).toFixed(2),
        l.epsVariance.toFixed(3),
        l.expectedEpsVariance.toFixed(3),
      ]),
    ),
  ];
}
