import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Schedule } from "../../runtime/graph/values.ts";
import { mapHost } from "../../runtime/trace/host.ts";
import { hostNumber } from "../scalars.ts";

export const timeTravel = defineNode({
  type: "schedule/time-travel",
  v: 1,
  title: "Time travel",
  summary:
    "Walks a schedule with returns: after every `length` steps it goes back that many levels and comes again, `repeats` times in all. A step to a noisier level is a return.",
  formula: "t \\to t-1 \\to \\dots \\to t-L \\to t \\to \\dots",
  source:
    "Wang et al. 2023 (DDNM), arXiv:2212.00490, section 3.3; walk as in the authors' code; after Lugmayr et al. 2022 (RePaint)",
  params: z.strictObject({}),
  scalars: z.strictObject({
    length: z.int().min(1).default(1).meta({ description: "Steps between returns." }),
    repeats: z
      .int()
      .min(1)
      .default(1)
      .meta({ description: "How often each stretch is walked in all; 1 is without returns." }),
  }),
  inputs: { schedule: port.schedule() },
  outputs: { schedule: port.schedule() },
  build: ({ scalars, inputs: { schedule }, ctx }) => ({
    schedule: mapHost(
      [schedule, hostNumber(ctx, scalars.length), hostNumber(ctx, scalars.repeats)],
      walk,
    ),
  }),
});

/** Levels in visiting order; index −1 of the walk is the schedule's end. */
export function walk({ levels, nextLevels }: Schedule, length: number, repeats: number): Schedule {
  const steps = levels.length;
  const jumps = new Map<number, number>();
  for (let j = 0; j < steps - length; j += length) jumps.set(j, repeats - 1);
  const visited = [steps - 1];
  for (let t = steps - 1; t >= 0;) {
    t -= 1;
    visited.push(t);
    const left = jumps.get(t) ?? 0;
    if (left === 0) continue;
    jumps.set(t, left - 1);
    for (let i = 0; i < length; i += 1) {
      t += 1;
      visited.push(t);
    }
  }
  const end = nextLevels.at(-1) ?? { alpha: 1, sigma: 0 };
  const points = visited.map((t) => (t < 0 ? end : (levels[steps - 1 - t] ?? end)));
  return { levels: points.slice(0, -1), nextLevels: points.slice(1) };
}
