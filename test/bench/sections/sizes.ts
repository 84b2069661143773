import type { Bench } from "../bench.ts";
import type { Figure, Section } from "../report.ts";
import { runChild } from "../run-child.ts";

/** Whether a level's time grows as the pixels do, and how much memory a run takes at each size. */
export async function sizes(bench: Bench): Promise<Section> {
  const { models, threads } = bench;
  const figures: Figure[] = [];
  for (const size of bench.quick ? [64] : [64, 128, 256, 512, 1024]) {
    const given = { models, size, threads };
    const { stepMs = Number.NaN, peakMB } = await runChild("startUp", given);
    const each = ((1e6 * stepMs) / size ** 2).toFixed(0);
    figures.push({
      name: `DPS-MO at ${size} px, a level`,
      value: stepMs,
      unit: "ms",
      note: `${each} ns a pixel; peak memory ${peakMB?.toFixed(0)} MB`,
    });
  }
  return {
    title: "Sizes",
    about: `One network evaluation and 20 inner steps of box inpainting; each size in a process of its own, ${threads} threads, once.`,
    figures,
  };
}
