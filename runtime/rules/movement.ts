import type { Value } from "../ir/primitives.ts";
import type { Emit } from "../ir/program.ts";
import { formatShape, int64, sizeOf, type Shape } from "../tensor/tensor.ts";
import { demand, demandAxis, demandSameType, firstType, type Family } from "./family.ts";
import { literal } from "./literal.ts";
import { spreadOut, stuffZeros } from "./spread.ts";
import { padCotangent } from "./pad.ts";
import { resize } from "./resize.ts";
import { gathering } from "./gathering.ts";
import {
  concat,
  flip,
  padOrCrop,
  reduceSum,
  reshape,
  sliceAxis,
  sumTo,
  transpose,
  zeros,
} from "./write.ts";

type Name =
  | "Reshape"
  | "Transpose"
  | "Expand"
  | "Concat"
  | "Split"
  | "Slice"
  | "Pad"
  | "Tile"
  | "Gather"
  | "GatherElements"
  | "GatherND"
  | "ScatterElements"
  | "ScatterND"
  | "DepthToSpace"
  | "SpaceToDepth"
  | "Resize"
  | "CumSum"
  | "Trilu";

/** Rows that carry elements from place to place. */
export const movement: Family<Name> = {
  Reshape: {
    infer: ([x], { shape }) => {
      demand(
        sizeOf(x.shape) === sizeOf(shape),
        "Reshape",
        `${formatShape(x.shape)} does not fill ${formatShape(shape)}`,
      );
      return [{ dtype: x.dtype, shape }];
    },
    vjp: (emit, { inputs: [x], cotangents: [g] }) => [g ? reshape(emit, g, x.shape) : null],
    onnx: ({ shape }) => ({
      extraInputs: { 1: int64(shape) },
      ...(shape.includes(0) ? { attributes: { allowzero: 1 } } : {}),
    }),
  },
  Transpose: {
    infer: ([x], { perm }) => {
      const whole =
        perm.length === x.shape.length && x.shape.every((_, axis) => perm.includes(axis));
      demand(
        whole,
        "Transpose",
        `perm [${perm.join(",")}] is not an order of ${x.shape.length} axes`,
      );
      return [{ dtype: x.dtype, shape: perm.map((axis) => x.shape[axis] ?? 1) }];
    },
    vjp: (emit, { params: { perm }, cotangents: [g] }) => [
      g
        ? transpose(
            emit,
            g,
            perm.map((_, i) => perm.indexOf(i)),
          )
        : null,
    ],
    onnx: ({ perm }) => ({ attributes: { perm } }),
  },
  Expand: {
    infer: ([x], { shape }) => {
      const offset = shape.length - x.shape.length;
      const fits = offset >= 0 && x.shape.every((d, i) => d === 1 || d === shape[i + offset]);
      demand(
        fits,
        "Expand",
        `${formatShape(x.shape)} cannot be stretched to ${formatShape(shape)}`,
      );
      return [{ dtype: x.dtype, shape }];
    },
    vjp: (emit, { inputs: [x], cotangents: [g] }) => [g ? sumTo(emit, g, x.shape) : null],
    onnx: ({ shape }) => ({ extraInputs: { 1: int64(shape) } }),
  },
  Concat: {
    infer: (inputs, { axis }) => {
      const { dtype, shape } = demandSameType("Concat", inputs);
      demandAxis("Concat", axis, shape.length);
      const odd = inputs.find(
        (x) =>
          x.shape.length !== shape.length || x.shape.some((d, i) => i !== axis && d !== shape[i]),
      );
      demand(
        odd === undefined,
        "Concat",
        `${formatShape(shape)} and ${formatShape(odd?.shape ?? [])} differ beside axis ${axis}`,
      );
      const length = inputs.reduce((sum, x) => sum + (x.shape[axis] ?? 0), 0);
      return [{ dtype, shape: shape.with(axis, length) }];
    },
    vjp: (emit, { inputs, params: { axis }, cotangents: [g], wanted }) => {
      let end = 0;
      return inputs.map((x, i) => {
        const start = end;
        end += x.shape[axis] ?? 0;
        return g && wanted[i] ? sliceAxis(emit, g, axis, { start, end }) : null;
      });
    },
    onnx: ({ axis }) => ({ attributes: { axis } }),
  },
  Split: {
    infer: ([x], { axis, sizes }) => {
      demandAxis("Split", axis, x.shape.length);
      const sum = sizes.reduce((a, b) => a + b, 0);
      demand(
        sum === x.shape[axis],
        "Split",
        `parts [${sizes.join(",")}] do not fill axis ${axis} of ${formatShape(x.shape)}`,
      );
      return sizes.map((size) => ({ dtype: x.dtype, shape: x.shape.with(axis, size) }));
    },
    vjp: (emit, { inputs: [x], outputs, params: { axis, sizes }, cotangents }) => {
      const used = cotangents.flatMap((g, i) => (g ? [{ g, i }] : []));
      const [only] = used;
      if (only === undefined) return [null];
      if (used.length > 1)
        return [
          concat(
            emit,
            outputs.map((y, i) => cotangents[i] ?? zeros(emit, y, y.shape)),
            axis,
          ),
        ];
      const start = sizes.slice(0, only.i).reduce((a, b) => a + b, 0);
      const end = start + (sizes[only.i] ?? 0);
      const at = (n: number) => x.shape.map((_, i) => (i === axis ? n : 0));
      return [padOrCrop(emit, only.g, at(start), at((x.shape[axis] ?? 0) - end))];
    },
    onnx: ({ axis, sizes }) => ({ attributes: { axis }, extraInputs: { 1: int64(sizes) } }),
  },
  Slice: {
    infer: ([x], params) => {
      demand(
        params.starts.length === x.shape.length,
        "Slice",
        `${params.starts.length} starts for a tensor of rank ${x.shape.length}`,
      );
      demand(
        params.steps.every((step) => step !== 0),
        "Slice",
        "a step must not be 0",
      );
      return [{ dtype: x.dtype, shape: x.shape.map((d, i) => rangeOf(params, i, d).count) }];
    },
    vjp: (emit, { inputs: [x], params, cotangents: [g] }) => [
      g ? sliceCotangent(emit, g, x.shape, params) : null,
    ],
    onnx: (params, [x]) => ({
      extraInputs: {
        1: int64(params.starts),
        // An end before element 0 is spelled as one that ONNX clamps to it.
        2: int64(
          params.ends.map((end, i) =>
            end < 0 && (params.steps[i] ?? 1) < 0 ? -1 - (x.shape[i] ?? 0) : end,
          ),
        ),
        3: int64(params.starts.map((_, i) => i)),
        4: int64(params.steps),
      },
    }),
  },
  Pad: {
    infer: ([x], { pads }) => {
      const rank = x.shape.length;
      demand(
        pads.length === 2 * rank,
        "Pad",
        `${pads.length} pads for a tensor of rank ${rank}; two an axis are needed`,
      );
      const shape = x.shape.map((d, i) => d + (pads[i] ?? 0) + (pads[i + rank] ?? 0));
      demand(
        shape.every((d) => d >= 0),
        "Pad",
        `pads [${pads.join(",")}] take away more than ${formatShape(x.shape)} has`,
      );
      return [{ dtype: x.dtype, shape }];
    },
    vjp: (emit, { inputs: [x], params, cotangents: [g] }) => [
      g ? padCotangent(emit, g, x.shape, params) : null,
    ],
    lower: (emit, [x], params) => stuffZeros(emit, x, params),
    onnx: ({ pads, mode, value }, [x]) => ({
      attributes: { mode },
      extraInputs: {
        1: int64(pads),
        ...(mode === "constant" && value !== 0 ? { 2: literal(x.dtype, [value], []) } : {}),
      },
    }),
  },
  Tile: {
    infer: ([x], { repeats }) => {
      demand(
        repeats.length === x.shape.length,
        "Tile",
        `${repeats.length} repeats for a tensor of rank ${x.shape.length}`,
      );
      return [{ dtype: x.dtype, shape: x.shape.map((d, i) => d * (repeats[i] ?? 1)) }];
    },
    vjp: (emit, { inputs: [x], params: { repeats }, cotangents: [g] }) => {
      if (!g) return [null];
      const parts = x.shape.map((d, i) => ((repeats[i] ?? 1) === 1 ? [d] : [repeats[i] ?? 1, d]));
      const axes = parts.flatMap((part, i) =>
        part.length === 1 ? [] : [parts.slice(0, i).flat().length],
      );
      return [reshape(emit, reduceSum(emit, reshape(emit, g, parts.flat()), axes, false), x.shape)];
    },
    onnx: ({ repeats }) => ({ extraInputs: { 1: int64(repeats) } }),
  },
  ...gathering,
  DepthToSpace: {
    infer: ([x], { blocksize: b }) => {
      const [n = 1, c = 1, h = 1, w = 1] = x.shape;
      demand(
        x.shape.length === 4 && c % (b * b) === 0,
        "DepthToSpace",
        `${formatShape(x.shape)} has no ${b * b} channels a block`,
      );
      return [{ dtype: x.dtype, shape: [n, c / (b * b), h * b, w * b] }];
    },
    vjp: (emit, { inputs: [x], params: { blocksize: b, mode }, cotangents: [g] }) => {
      if (!g) return [null];
      const [n = 1, c = 1, h = 1, w = 1] = x.shape;
      const blocks = reshape(emit, g, [n, c / (b * b), h, b, w, b]);
      const perm = mode === "CRD" ? [0, 1, 3, 5, 2, 4] : [0, 3, 5, 1, 2, 4];
      return [reshape(emit, transpose(emit, blocks, perm), x.shape)];
    },
    onnx: ({ blocksize, mode }) => ({ attributes: { blocksize, mode } }),
  },
  SpaceToDepth: {
    infer: ([x], { blocksize: b }) => {
      const [n = 1, c = 1, h = 1, w = 1] = x.shape;
      demand(
        x.shape.length === 4 && h % b === 0 && w % b === 0,
        "SpaceToDepth",
        `${formatShape(x.shape)} does not split into ${b} by ${b} blocks`,
      );
      return [{ dtype: x.dtype, shape: [n, c * b * b, h / b, w / b] }];
    },
    vjp: (emit, { params: { blocksize }, cotangents: [g] }) => [
      g ? emit.op("DepthToSpace", [g], { blocksize, mode: "DCR" }) : null,
    ],
    onnx: ({ blocksize }) => ({ attributes: { blocksize } }),
  },
  Resize: resize,
  CumSum: {
    infer: ([x], { axis }) => {
      demandAxis("CumSum", axis, x.shape.length);
      return [firstType("CumSum", [x])];
    },
    vjp: (emit, { params, cotangents: [g] }) => [
      g ? emit.op("CumSum", [g], { ...params, reverse: !params.reverse }) : null,
    ],
    onnx: ({ axis, exclusive, reverse }) => ({
      attributes: { exclusive: exclusive ? 1 : 0, reverse: reverse ? 1 : 0 },
      extraInputs: { 1: int64([axis], []) },
    }),
  },
  Trilu: {
    infer: (inputs) => [firstType("Trilu", inputs)],
    vjp: (emit, { params, cotangents: [g] }) => [g ? emit.op("Trilu", [g], params) : null],
    onnx: ({ upper, k }) => ({
      attributes: { upper: upper ? 1 : 0 },
      extraInputs: { 1: int64([k], []) },
    }),
  },
};

interface SliceParams {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly steps: readonly number[];
}

interface Range {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** Which elements of an axis of `size` are taken; an end of -1 or less at a negative step takes element 0 too. */
function rangeOf({ starts, ends, steps }: SliceParams, axis: number, size: number): Range {
  const step = steps[axis] ?? 1;
  const down = step < 0;
  const start = Math.min(Math.max(starts[axis] ?? 0, 0), down ? size - 1 : size);
  const end = Math.min(Math.max(ends[axis] ?? size, down ? -1 : 0), size);
  return { start, step, count: Math.max(0, Math.ceil((end - start) / step)) };
}

/** Zeros of the input's shape with `g` in the places that were taken. */
function sliceCotangent(emit: Emit, g: Value, shape: Shape, params: SliceParams): Value {
  if (sizeOf(g.shape) === 0) return zeros(emit, g, shape);
  const ranges = shape.map((size, i) => rangeOf(params, i, size));
  const forward = flip(
    emit,
    g,
    ranges.flatMap(({ step }, i) => (step < 0 ? [i] : [])),
  );
  const first = ranges.map(({ start, step, count }) =>
    step < 0 ? start + step * (count - 1) : start,
  );
  const spaced = spreadOut(
    emit,
    forward,
    ranges.map(({ step, count }) => (count === 1 ? 1 : Math.abs(step))),
  );
  return padOrCrop(
    emit,
    spaced,
    first,
    shape.map((size, i) => size - (first[i] ?? 0) - (spaced.shape[i] ?? 0)),
  );
}
