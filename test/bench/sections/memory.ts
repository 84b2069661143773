import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Bench } from "../bench.ts";
import type { Section } from "../report.ts";
import { runChild } from "../run-child.ts";

/** Whether memory stays where it is over a long run. */
export async function flatMemory({ models, threads, quick }: Bench): Promise<Section> {
  const [early, late] = quick ? [4, 12] : [50, 500];
  const { earlyMB = Number.NaN, lateMB = Number.NaN } = await runChild("longRun", {
    models,
    threads,
    size: 64,
    early,
    late,
  });
  return {
    title: "Memory over a long run",
    about: "Resident memory of one DPS-MO run at 64 px, N = 20, in a process of its own.",
    figures: [
      { name: `after ${early} outer iterations`, value: earlyMB, unit: "MB" },
      { name: `after ${late} outer iterations`, value: lateMB, unit: "MB" },
      { name: "growth", value: lateMB - earlyMB, unit: "MB", most: 0.1 * earlyMB },
    ],
  };
}

/** What the gradient through a large network needs, beside its file. */
export async function largeNetwork({ threads, quick }: Bench): Promise<Section> {
  const folder = mkdtempSync(path.join(tmpdir(), "denoodle-bench-"));
  const file = path.join(folder, "large.onnx");
  try {
    const { fileMB = Number.NaN, parameters = Number.NaN } = await runChild("makeLarge", {
      file,
      millions: quick ? 2 : 94,
    });
    const {
      peakMB = Number.NaN,
      importMs,
      readyMs,
      runMs,
    } = await runChild("differentiate", { file, threads, shapes: { x: [1, 3, 16, 16] } });
    return {
      title: "Gradient through a large network",
      about: `A synthetic U-Net of ${(parameters / 1e6).toFixed(1)} million parameters, imported, differentiated and run once in a fresh process.`,
      figures: [
        { name: "file", value: fileMB, unit: "MB" },
        { name: "peak memory", value: peakMB, unit: "MB" },
        {
          name: "peak memory over file",
          value: peakMB / fileMB,
          unit: "x",
          ...(quick ? {} : { most: 6 }),
        },
        { name: "import", value: importMs ?? Number.NaN, unit: "ms" },
        { name: "to the session", value: readyMs ?? Number.NaN, unit: "ms" },
        { name: "one run of the gradient", value: runMs ?? Number.NaN, unit: "ms" },
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
