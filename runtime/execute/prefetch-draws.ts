import type { Loop } from "../compile/region.ts";
import { evaluate } from "../trace/host.ts";
import { samplesOf, type Engine } from "./engine.ts";
import type { LiveFrame } from "./live-frame.ts";
import type { NoiseDraw } from "./noise/noise-source.ts";

/** Says what the next iteration will draw, so that it is made while this one computes. */
export function prefetchNext(engine: Engine, loop: Loop, inner: LiveFrame, count: number): void {
  const k = inner.indices.at(-1) ?? 0;
  const here = k === 0 ? drawsOf(engine, loop, inner, inner.indices) : [];
  const next =
    k + 1 < count ? drawsOf(engine, loop, inner, [...inner.indices.slice(0, -1), k + 1]) : [];
  engine.noise.prefetch([...here, ...next]);
}

const mostPrefetched = 64;

function drawsOf(
  engine: Engine,
  loop: Loop,
  frame: LiveFrame,
  indices: readonly number[],
): readonly NoiseDraw[] {
  return engine.plan.of(loop.body).steps.flatMap((step) => {
    if (step.kind === "draw")
      return [
        {
          stream: step.stream,
          shape: step.output.shape,
          indices: [...indices, ...(step.at ?? [])],
          samples: samplesOf(engine, step),
        },
      ];
    if (step.kind !== "loop") return [];
    const count = countIfKnown(step, frame);
    return Array.from({ length: Math.min(count, mostPrefetched) }, (_, j) =>
      drawsOf(engine, step, frame, [...indices, j]),
    ).flat();
  });
}

/** An inner loop's count, where the frame already knows it; a wrong or missing guess only costs time. */
function countIfKnown(loop: Loop, frame: LiveFrame): number {
  try {
    return evaluate(loop.count, frame);
  } catch {
    return 0;
  }
}
