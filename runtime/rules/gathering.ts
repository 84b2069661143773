import type { Value } from "../ir/primitives.ts";
import type { Emit } from "../ir/program.ts";
import { formatShape, int64, sizeOf, type Shape } from "../tensor/tensor.ts";
import { demand, demandAxis, isFloat, type Family } from "./family.ts";
import { concat, expand, reshape, transpose, zeros } from "./write.ts";

type Name = "Gather" | "GatherElements" | "GatherND" | "ScatterElements" | "ScatterND";

/** Rows that read or write at places named by an index tensor. Indices carry no gradient. */
export const gathering: Family<Name> = {
  Gather: {
    infer: ([x, indices], { axis }) => {
      demandAxis("Gather", axis, x.shape.length);
      demand(!isFloat(indices), "Gather", `the indices must be integers, got ${indices.dtype}`);
      return [
        {
          dtype: x.dtype,
          shape: [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)],
        },
      ];
    },
    vjp: (emit, { inputs: [x, indices], params: { axis }, cotangents: [g] }) => [
      g ? gatherCotangent(emit, { x, indices, g }, axis) : null,
      null,
    ],
    onnx: ({ axis }) => ({ attributes: { axis } }),
  },
  GatherElements: {
    infer: ([x, indices], { axis }) => {
      demandAxis("GatherElements", axis, x.shape.length);
      demand(
        indices.shape.length === x.shape.length,
        "GatherElements",
        `indices ${formatShape(indices.shape)} must have the rank of ${formatShape(x.shape)}`,
      );
      return [{ dtype: x.dtype, shape: indices.shape }];
    },
    vjp: (emit, { inputs: [x, indices], params: { axis }, cotangents: [g] }) => [
      g
        ? emit.op("ScatterElements", [zeros(emit, g, x.shape), indices, g], {
            axis,
            reduction: "add",
          })
        : null,
      null,
    ],
    onnx: ({ axis }) => ({ attributes: { axis } }),
  },
  GatherND: {
    infer: ([x, indices], { batchDims }) => {
      const depth = indices.shape.at(-1) ?? 0;
      demand(
        batchDims + depth <= x.shape.length,
        "GatherND",
        `indices ${formatShape(indices.shape)} reach deeper than ${formatShape(x.shape)}`,
      );
      return [
        {
          dtype: x.dtype,
          shape: [...indices.shape.slice(0, -1), ...x.shape.slice(batchDims + depth)],
        },
      ];
    },
    vjp: (emit, { inputs: [x, indices], params: { batchDims }, cotangents: [g] }) => {
      if (!g) return [null, null];
      const whole = withBatchIndices(emit, indices, batchDims);
      return [
        emit.op("ScatterND", [zeros(emit, g, x.shape), whole, g], { reduction: "add" }),
        null,
      ];
    },
    onnx: ({ batchDims }) => ({ attributes: { batch_dims: batchDims } }),
  },
  ScatterElements: {
    infer: ([x, indices, updates], { axis }) => {
      demandAxis("ScatterElements", axis, x.shape.length);
      demand(
        sizeOf(indices.shape) === sizeOf(updates.shape),
        "ScatterElements",
        `indices ${formatShape(indices.shape)} and updates ${formatShape(updates.shape)} must match`,
      );
      return [{ dtype: x.dtype, shape: x.shape }];
    },
    vjp: (
      emit,
      { inputs: [, indices, updates], params: { axis, reduction }, cotangents: [g], wanted },
    ) => {
      if (!g) return [null, null, null];
      const kept = () =>
        reduction === "add"
          ? g
          : emit.op("ScatterElements", [g, indices, zeros(emit, g, updates.shape)], {
              axis,
              reduction: "none",
            });
      return [
        wanted[0] ? kept() : null,
        null,
        wanted[2] ? emit.op("GatherElements", [g, indices], { axis }) : null,
      ];
    },
    onnx: ({ axis, reduction }) => ({ attributes: { axis, reduction } }),
  },
  ScatterND: {
    infer: ([x, indices, updates]) => {
      const depth = indices.shape.at(-1) ?? 0;
      const wanted = [...indices.shape.slice(0, -1), ...x.shape.slice(depth)];
      demand(
        sizeOf(wanted) === sizeOf(updates.shape),
        "ScatterND",
        `updates must be ${formatShape(wanted)}, got ${formatShape(updates.shape)}`,
      );
      return [{ dtype: x.dtype, shape: x.shape }];
    },
    vjp: (
      emit,
      { inputs: [, indices, updates], params: { reduction }, cotangents: [g], wanted },
    ) => {
      if (!g) return [null, null, null];
      const kept = () =>
        reduction === "add"
          ? g
          : emit.op("ScatterND", [g, indices, zeros(emit, g, updates.shape)], {
              reduction: "none",
            });
      return [
        wanted[0] ? kept() : null,
        null,
        wanted[2] ? emit.op("GatherND", [g, indices], { batchDims: 0 }) : null,
      ];
    },
    onnx: ({ reduction }) => ({ attributes: { reduction } }),
  },
};

interface GatherCall {
  readonly x: Value;
  readonly indices: Value;
  readonly g: Value;
}

/** The slices of `g`, gathered axis first, added into zeros. */
function gatherCotangent(emit: Emit, { x, indices, g }: GatherCall, axis: number): Value {
  const count = sizeOf(indices.shape);
  const [before, after] = [x.shape.slice(0, axis), x.shape.slice(axis + 1)];
  const flat = reshape(emit, g, [...before, count, ...after]);
  const axes = flat.shape.map((_, i) => i);
  const front = [axis, ...axes.filter((i) => i !== axis)];
  const rows = transpose(emit, flat, front);
  const empty = zeros(emit, g, [x.shape[axis] ?? 1, ...before, ...after]);
  const places = reshape(emit, indices, [count, 1]);
  const wide = places.dtype === "int64" ? places : emit.op("Cast", [places], { to: "int64" });
  const sum = emit.op("ScatterND", [empty, wide, rows], { reduction: "add" });
  return transpose(
    emit,
    sum,
    axes.map((i) => front.indexOf(i)),
  );
}

/** The indices of a batched GatherND with the batch coordinates in front of each. */
function withBatchIndices(emit: Emit, indices: Value, batchDims: number): Value {
  if (batchDims === 0) return indices;
  const lead: Shape = indices.shape.slice(0, -1);
  const coordinates = Array.from({ length: batchDims }, (_, axis) => {
    const size = lead[axis] ?? 1;
    const along = emit.constant(
      int64([...Array(size).keys()], [...lead.map((_, i) => (i === axis ? size : 1)), 1]),
    );
    return expand(emit, along, [...lead, 1]);
  });
  return concat(emit, [...coordinates, indices], -1);
}
