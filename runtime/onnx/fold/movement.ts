import { sizeOf, type Shape } from "../../tensor/tensor.ts";
import {
  broadcastIndex,
  flatten,
  gatherFrom,
  indicesOf,
  type FoldTable,
  type HostTensor,
  type Pending,
} from "./host-tensor.ts";

function concat(inputs: readonly HostTensor[], axis: number): readonly Pending[] | null {
  const [first] = inputs;
  if (first === undefined) return null;
  const lengths = inputs.map(({ shape }) => shape[axis] ?? 0);
  const shape = first.shape.with(
    axis,
    lengths.reduce((sum, d) => sum + d, 0),
  );
  const pick = (index: readonly number[]) => {
    let at = index[axis] ?? 0;
    for (const [i, input] of inputs.entries()) {
      const length = lengths[i] ?? 0;
      if (at < length) return input.values[flatten(index.with(axis, at), input.shape)] ?? 0;
      at -= length;
    }
    return 0;
  };
  return [{ dtype: first.dtype, shape, values: () => Array.from(indicesOf(shape), pick) }];
}

function split(source: HostTensor, axis: number, sizes: readonly number[]): readonly Pending[] {
  let start = 0;
  return sizes.map((size) => {
    const begin = start;
    start += size;
    return gatherFrom(source, source.shape.with(axis, size), (index) =>
      index.with(axis, (index[axis] ?? 0) + begin),
    );
  });
}

/** Elements from start towards end, both already clamped to the axis. */
export function sliceLength(start: number, end: number, step: number): number {
  return Math.max(0, Math.ceil((end - start) / step));
}

function gather(data: HostTensor, indices: HostTensor, axis: number): readonly Pending[] | null {
  const length = data.shape[axis] ?? 0;
  if (indices.values.some((at) => at >= length || at < -length)) return null;
  const rank = indices.shape.length;
  const shape: Shape = [
    ...data.shape.slice(0, axis),
    ...indices.shape,
    ...data.shape.slice(axis + 1),
  ];
  return [
    gatherFrom(data, shape, (index) => {
      const at = indices.values[flatten(index.slice(axis, axis + rank), indices.shape)] ?? 0;
      return [...index.slice(0, axis), at < 0 ? at + length : at, ...index.slice(axis + rank)];
    }),
  ];
}

function scatter(
  data: HostTensor,
  indices: HostTensor,
  updates: HostTensor,
): readonly Pending[] | null {
  const depth = indices.shape.at(-1) ?? 0;
  const block = sizeOf(data.shape.slice(depth));
  const count = depth === 0 ? 0 : indices.values.length / depth;
  const place = (i: number) =>
    indices.values
      .slice(i * depth, (i + 1) * depth)
      .map((at, axis) => (at < 0 ? at + (data.shape[axis] ?? 0) : at));
  const values = () => {
    const result = [...data.values];
    for (let i = 0; i < count; i++) {
      const start = flatten(place(i), data.shape.slice(0, depth)) * block;
      for (let k = 0; k < block; k++) result[start + k] = updates.values[i * block + k] ?? 0;
    }
    return result;
  };
  return [{ dtype: data.dtype, shape: data.shape, values }];
}

/** Rows that only move elements. */
export const movementFolds: FoldTable = {
  Reshape: ([x], { shape }) =>
    x && sizeOf(shape) === x.values.length
      ? [{ dtype: x.dtype, shape, values: () => x.values }]
      : null,
  Transpose: ([x], { perm }) =>
    x
      ? [
          gatherFrom(
            x,
            perm.map((p) => x.shape[p] ?? 1),
            (index) => x.shape.map((_, p) => index[perm.indexOf(p)] ?? 0),
          ),
        ]
      : null,
  Expand: ([x], { shape }) =>
    x ? [gatherFrom(x, shape, (index) => broadcastIndex(index, x.shape))] : null,
  Concat: (inputs, { axis }) =>
    concat(
      inputs.filter((input) => input !== null),
      axis,
    ),
  Split: ([x], { axis, sizes }) => (x ? split(x, axis, sizes) : null),
  Slice: ([x], { starts, ends, steps }) => {
    if (!x) return null;
    const shape = starts.map((start, axis) =>
      sliceLength(start, ends[axis] ?? 0, steps[axis] ?? 1),
    );
    return [
      gatherFrom(x, shape, (index) =>
        index.map((at, axis) => (starts[axis] ?? 0) + at * (steps[axis] ?? 1)),
      ),
    ];
  },
  Tile: ([x], { repeats }) =>
    x
      ? [
          gatherFrom(
            x,
            x.shape.map((d, axis) => d * (repeats[axis] ?? 1)),
            (index) => index.map((at, axis) => at % (x.shape[axis] ?? 1)),
          ),
        ]
      : null,
  Gather: ([data, indices], { axis }) => (data && indices ? gather(data, indices, axis) : null),
  ScatterND: ([data, indices, updates], { reduction }) =>
    data && indices && updates && reduction === "none" ? scatter(data, indices, updates) : null,
};
