import type { OpName, Params } from "../../ir/primitives.ts";
import { sizeOf, type DType, type Shape } from "../../tensor/tensor.ts";

/** A small tensor as plain numbers, C order; booleans are 0 and 1. */
export interface HostTensor {
  readonly dtype: DType;
  readonly shape: Shape;
  readonly values: readonly number[];
}

/** A result whose numbers are made only when its size has been looked at. */
export interface Pending {
  readonly dtype: DType;
  readonly shape: Shape;
  readonly values: () => readonly number[];
}

/** One row of the evaluator; null: this case is left to the backend. Shapes that do not fit are left too. */
export type Fold<N extends OpName> = (
  inputs: readonly (HostTensor | null)[],
  params: Params<N>,
) => readonly Pending[] | null;

export type FoldTable = { readonly [N in OpName]?: Fold<N> };

/** The multi-index of every element, C order. */
export function* indicesOf(shape: Shape): Generator<readonly number[]> {
  const size = sizeOf(shape);
  for (let flat = 0; flat < size; flat++) yield unflatten(flat, shape);
}

export function unflatten(flat: number, shape: Shape): readonly number[] {
  const index: number[] = [];
  let rest = flat;
  for (const d of shape.toReversed()) {
    index.unshift(rest % d);
    rest = Math.floor(rest / d);
  }
  return index;
}

export function flatten(index: readonly number[], shape: Shape): number {
  return index.reduce((flat, at, axis) => flat * (shape[axis] ?? 1) + at, 0);
}

/** A result of `shape` that reads `source` at the index that `from` gives for each of its own. */
export function gatherFrom(
  source: HostTensor,
  shape: Shape,
  from: (index: readonly number[]) => readonly number[],
): Pending {
  return {
    dtype: source.dtype,
    shape,
    values: () =>
      Array.from(
        indicesOf(shape),
        (index) => source.values[flatten(from(index), source.shape)] ?? 0,
      ),
  };
}

/** The index into an operand of `shape` that broadcasting reads for `index` of the result. */
export function broadcastIndex(index: readonly number[], shape: Shape): readonly number[] {
  const lead = index.length - shape.length;
  return shape.map((d, axis) => (d === 1 ? 0 : (index[axis + lead] ?? 0)));
}
