import {
  flatten,
  indicesOf,
  type FoldTable,
  type HostTensor,
  type Pending,
} from "./host-tensor.ts";

interface Reduce {
  readonly axes: readonly number[];
  readonly keepdims: boolean;
}

function reduce(
  x: HostTensor | null | undefined,
  { axes, keepdims }: Reduce,
  start: number,
  step: (sum: number, value: number) => number,
): readonly Pending[] | null {
  if (!x) return null;
  const kept = x.shape.map((d, axis) => (axes.includes(axis) ? 1 : d));
  const shape = keepdims ? kept : x.shape.filter((_, axis) => !axes.includes(axis));
  const values = () => {
    const sums = new Array<number>(kept.reduce((size, d) => size * d, 1)).fill(start);
    let flat = 0;
    for (const index of indicesOf(x.shape)) {
      const place = flatten(
        index.map((at, axis) => (axes.includes(axis) ? 0 : at)),
        kept,
      );
      sums[place] = step(sums[place] ?? start, x.values[flat++] ?? 0);
    }
    return sums;
  };
  return [{ dtype: x.dtype, shape, values }];
}

/** Reductions of integers; sums of floats depend on their order and stay with the backend. */
const ofIntegers =
  (start: number, step: (sum: number, value: number) => number) =>
  ([x]: readonly (HostTensor | null)[], params: Reduce) =>
    x?.dtype.startsWith("float") ? null : reduce(x, params, start, step);

const isEmpty = (x: HostTensor | null | undefined) => x?.values.length === 0;

export const reductionFolds: FoldTable = {
  ReduceSum: ofIntegers(0, (a, b) => a + b),
  ReduceProd: ofIntegers(1, (a, b) => a * b),
  ReduceMin: ([x], params) => (isEmpty(x) ? null : reduce(x, params, Infinity, Math.min)),
  ReduceMax: ([x], params) => (isEmpty(x) ? null : reduce(x, params, -Infinity, Math.max)),
  CumSum: ([x], { axis, exclusive, reverse }) => {
    if (!x || x.dtype.startsWith("float") || x.shape.length !== 1 || axis !== 0) return null;
    const values = () => cumulate(reverse ? x.values.toReversed() : x.values, exclusive);
    return [
      {
        dtype: x.dtype,
        shape: x.shape,
        values: () => (reverse ? values().toReversed() : values()),
      },
    ];
  },
};

function cumulate(values: readonly number[], exclusive: boolean): number[] {
  let sum = 0;
  return values.map((value) => {
    const before = sum;
    sum += value;
    return exclusive ? before : sum;
  });
}
