import path from "node:path";
import type { Bench } from "../bench.ts";
import type { Figure, Section } from "../report.ts";
import { runChild } from "../run-child.ts";

/** How long it takes to begin, and how much memory a run needs; each in a fresh process. */
export async function startUp(bench: Bench): Promise<Section> {
  const { models, threads } = bench;
  const figures: Figure[] = [];
  const { peakMB: bareMB = Number.NaN } = await runChild("nothing", {});
  for (const size of bench.quick ? [64] : [64, 256]) {
    const { compileMs, firstMs, stepMs, peakMB } = await runChild("startUp", {
      models,
      size,
      threads,
    });
    figures.push(
      { name: `DPS-MO at ${size} px: compile`, ...ms(compileMs) },
      {
        name: `DPS-MO at ${size} px: to the end of the first step`,
        ...ms(firstMs),
        note: `a later step takes ${stepMs?.toFixed(0)} ms`,
      },
      {
        name: `DPS-MO at ${size} px: peak memory`,
        ...mb(peakMB),
        note: `${bareMB.toFixed(0)} MB before anything is loaded`,
      },
    );
  }
  const file = path.join(models, "fashion28.onnx");
  const network = await runChild("differentiate", {
    file,
    threads,
    shapes: { x: [1, 1, 28, 28], sigma: [1] },
  });
  figures.push({
    name: "fashion28 (1.4 M parameters): import, differentiate, create the session",
    ...ms(network["readyMs"]),
    most: 2000,
    note: `import ${network["importMs"]?.toFixed(0)} ms, differentiate ${network["differentiateMs"]?.toFixed(0)} ms`,
  });
  return {
    title: "Start-up",
    about: `Each in a process of its own, ${threads} threads; files already in memory. Wall time, once.`,
    figures,
  };
}

const ms = (value = Number.NaN) => ({ value, unit: "ms" }) as const;
const mb = (value = Number.NaN) => ({ value, unit: "MB" }) as const;
