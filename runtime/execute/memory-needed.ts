import type { Value } from "../ir/primitives.ts";
import type { Program } from "../ir/program.ts";
import { bytesPerElement, sizeOf } from "../tensor/tensor.ts";

/** Bytes that a program takes at the least, however well memory is used again. */
export interface MemoryNeeded {
  /** Its constants. */
  readonly weights: number;
  /** Its inputs, outputs and what lives in between, at the equation where that is most. */
  readonly tensors: number;
}

/** A lower bound: a result may take the place of what is read there for the last time. */
export function memoryNeeded({ inputs, constants, equations, outputs }: Program): MemoryNeeded {
  let weights = 0;
  for (const { data } of constants.values()) weights += data.byteLength;
  const lastUse = new Map<Value, number>();
  equations.forEach((equation, i) => {
    for (const value of equation.inputs) if (value !== null) lastUse.set(value, i);
  });
  // What comes from outside, and what goes there, stays to the end.
  for (const value of [...inputs, ...outputs]) lastUse.set(value, equations.length);
  let live = inputs.reduce((sum, value) => sum + bytesOf(value), 0);
  let tensors = live;
  equations.forEach((equation, i) => {
    const read = new Set(equation.inputs);
    for (const value of read)
      if (value !== null && !constants.has(value) && lastUse.get(value) === i)
        live -= bytesOf(value);
    const kept = equation.outputs.filter((value) => lastUse.has(value));
    live += kept.reduce((sum, value) => sum + bytesOf(value), 0);
    tensors = Math.max(tensors, live);
  });
  return { weights, tensors };
}

function bytesOf({ dtype, shape }: Value): number {
  return bytesPerElement[dtype] * sizeOf(shape);
}
