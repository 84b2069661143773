import type { Value } from "../ir/primitives.ts";
import { add, reduceSum, scale } from "../trace/math.ts";
import type { LoopState, Region } from "./region.ts";

/**
 * A rank-0 value that is 0 while every state of an outermost loop is finite and NaN otherwise:
 * one number a step, read without waiting.
 */
export function addHealth(region: Region, states: readonly LoopState[]): Value | undefined {
  const { recorder } = region;
  recorder.setOrigin("health");
  const zeros = states.flatMap(({ next }) =>
    next.on === "device" && next.value.dtype === "float32"
      ? [
          reduceSum(
            recorder,
            scale(recorder, next.value, 0),
            next.value.shape.map((_, i) => i),
            false,
          ),
        ]
      : [],
  );
  return zeros.reduce<Value | undefined>(
    (sum, zero) => (sum ? add(recorder, sum, zero) : zero),
    undefined,
  );
}
