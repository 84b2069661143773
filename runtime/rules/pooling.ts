import type { Params, Value } from "../ir/primitives.ts";
import type { Emit } from "../ir/program.ts";
import { sizeOf, type Shape, type TensorType } from "../tensor/tensor.ts";
import { demand, firstType, type Family } from "./family.ts";
import {
  concat,
  constantLike,
  equal,
  mul,
  number,
  padOrCrop,
  reshape,
  scale,
  sliceAxis,
  sub,
  where,
} from "./write.ts";
import { repeatEach } from "./spread.ts";

type Pool = Params<"MaxPool">;

/** Rows that slide a window without weights: x [N, C, …]. */
export const pooling: Family<"AveragePool" | "MaxPool"> = {
  AveragePool: {
    infer: ([x], params) => [inferPool("AveragePool", x, params)],
    vjp: (emit, { inputs: [x], params, cotangents: [g] }) => [
      g ? averageCotangent(emit, g, poolAxes(x.shape, params), params.countIncludePad) : null,
    ],
    cost: (_inputs, { kernel }, [y]) => sizeOf(kernel) * sizeOf(y?.shape ?? []),
    onnx: (params) => ({
      attributes: { ...poolAttributes(params), count_include_pad: params.countIncludePad ? 1 : 0 },
    }),
  },
  MaxPool: {
    infer: ([x], params) => [inferPool("MaxPool", x, params)],
    vjp: (emit, { inputs: [x], params, cotangents: [g] }) => [
      g ? maxCotangent(emit, x, g, params) : null,
    ],
    cost: (_inputs, { kernel }, [y]) => sizeOf(kernel) * sizeOf(y?.shape ?? []),
    onnx: (params) => ({ attributes: poolAttributes(params) }),
  },
};

function poolAttributes({ kernel, strides, pads, dilations, ceilMode }: Pool) {
  return { kernel_shape: kernel, strides, pads, dilations, ceil_mode: ceilMode ? 1 : 0 };
}

interface PoolAxis {
  readonly size: number;
  readonly out: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly begin: number;
  readonly end: number;
}

function poolAxes(shape: Shape, { kernel, strides, pads, dilations, ceilMode }: Pool): PoolAxis[] {
  return kernel.map((k, i) => {
    const size = shape[i + 2] ?? 1;
    const [stride, dilation] = [strides[i] ?? 1, dilations[i] ?? 1];
    const [begin, end] = [pads[i] ?? 0, pads[i + kernel.length] ?? 0];
    const room = size + begin + end - dilation * (k - 1) - 1;
    const steps = Math.floor(room / stride);
    // A window that only ceil adds must start inside the input or its left pad.
    const extra = ceilMode && room % stride > 0 && (steps + 1) * stride < size + begin ? 1 : 0;
    return { size, out: steps + 1 + extra, kernel: k, stride, dilation, begin, end };
  });
}

function inferPool(op: "AveragePool" | "MaxPool", x: TensorType, params: Pool): TensorType {
  demand(
    x.shape.length === params.kernel.length + 2,
    op,
    `a kernel of ${params.kernel.length} axes does not fit [${x.shape.join(",")}]`,
  );
  const axes = poolAxes(x.shape, params);
  demand(
    axes.every(({ out }) => out > 0),
    op,
    `the kernel [${params.kernel.join(",")}] is larger than the padded input [${x.shape.join(",")}]`,
  );
  const { dtype, shape } = firstType(op, [x]);
  return { dtype, shape: [...shape.slice(0, 2), ...axes.map(({ out }) => out)] };
}

/** Every output's share spread over its window. */
function averageCotangent(
  emit: Emit,
  g: Value,
  axes: readonly PoolAxis[],
  includePad: boolean,
): Value {
  const shared = divideByCounts(emit, g, axes, includePad);
  return axes.reduce<Value>(
    (v, axis, i) => {
      const { kernel, stride, dilation } = axis;
      if (kernel === 1 && stride === 1) return cropToInput(emit, v, i + 2, axis);
      if (kernel !== stride || dilation !== 1) return spreadWindows(emit, v, i + 2, axis);
      return cropToInput(emit, v, i + 2, axis);
    },
    repeatEach(emit, shared, [
      1,
      1,
      ...axes.map(({ kernel, stride, dilation }) =>
        kernel === stride && dilation === 1 ? kernel : 1,
      ),
    ]),
  );
}

function divideByCounts(
  emit: Emit,
  g: Value,
  axes: readonly PoolAxis[],
  includePad: boolean,
): Value {
  const counts = axes.map((axis) =>
    Array.from({ length: axis.out }, (_, row) => tapCount(axis, row, includePad)),
  );
  const even = counts.every((list) => list.every((n) => n === list[0]));
  if (even) return scale(emit, g, 1 / counts.reduce((n, list) => n * (list[0] ?? 1), 1));
  return counts.reduce<Value>((v, list, i) => {
    const factors = constantLike(
      emit,
      g,
      list.map((n) => 1 / n),
      g.shape.map((d, axis) => (axis === i + 2 ? d : 1)),
    );
    return mul(emit, v, factors);
  }, g);
}

/** How many elements window `row` of an axis divides by. */
function tapCount(
  { size, kernel, stride, dilation, begin, end }: PoolAxis,
  row: number,
  includePad: boolean,
): number {
  const positions = Array.from({ length: kernel }, (_, k) => row * stride - begin + k * dilation);
  const [low, high] = includePad ? [-begin, size + end] : [0, size];
  return Math.max(1, positions.filter((at) => at >= low && at < high).length);
}

/** Each output copied to all elements of its window, overlaps added: a transposed convolution with ones. */
function spreadWindows(emit: Emit, v: Value, at: number, axis: PoolAxis): Value {
  const [rows, columns] = [sizeOf(v.shape.slice(0, at)), sizeOf(v.shape.slice(at + 1))];
  const ones = constantLike(emit, v, Array<number>(axis.kernel).fill(1), [1, 1, axis.kernel, 1]);
  const image = reshape(emit, v, [rows, 1, axis.out, columns]);
  return scatterWindows(emit, image, ones, { shape: v.shape, at, axis });
}

interface Target {
  readonly shape: Shape;
  readonly at: number;
  readonly axis: PoolAxis;
}

/** `image` [rows, k or 1, out, columns] summed into windows of one axis, brought to the input's size. */
function scatterWindows(
  emit: Emit,
  image: Value,
  weight: Value,
  { shape, at, axis }: Target,
): Value {
  const spread = emit.op("ConvTranspose", [image, weight, null], {
    strides: [axis.stride, 1],
    dilations: [axis.dilation, 1],
    pads: [0, 0, 0, 0],
    outputPadding: [0, 0],
    group: 1,
  });
  const length = spread.shape[2] ?? 1;
  return cropToInput(emit, reshape(emit, spread, shape.with(at, length)), at, axis);
}

/** From the windows' extent (begin pad first) to the input's. */
function cropToInput(emit: Emit, v: Value, at: number, { size, begin }: PoolAxis): Value {
  const only = (n: number) => v.shape.map((_, i) => (i === at ? n : 0));
  return padOrCrop(emit, v, only(-begin), only(size + begin - (v.shape[at] ?? 0)));
}

/**
 * The cotangent goes to the first maximum of each window in row-major order, as in PyTorch. The axes are
 * pooled one after the other, last first: k + k comparisons instead of k · k, and the same choice on ties.
 */
function maxCotangent(emit: Emit, x: Value, g: Value, params: Pool): Value {
  const axes = poolAxes(x.shape, params);
  const stages: { input: Value; output: Value; at: number; axis: PoolAxis }[] = [];
  let input = x;
  for (const [i, axis] of [...axes.entries()].toReversed()) {
    if (axis.kernel === 1 && axis.stride === 1 && axis.begin === 0 && axis.end === 0) continue;
    const pick = (n: number, other: number) => axes.map((_, j) => (j === i ? n : other));
    const output = emit.op("MaxPool", [input], {
      kernel: pick(axis.kernel, 1),
      strides: pick(axis.stride, 1),
      dilations: pick(axis.dilation, 1),
      pads: [...pick(axis.begin, 0), ...pick(axis.end, 0)],
      ceilMode: params.ceilMode,
    });
    stages.push({ input, output, at: i + 2, axis });
    input = output;
  }
  return stages.reduceRight((v, stage) => maxStageCotangent(emit, v, stage), g);
}

interface Stage {
  readonly input: Value;
  readonly output: Value;
  readonly at: number;
  readonly axis: PoolAxis;
}

function maxStageCotangent(emit: Emit, g: Value, { input, output, at, axis }: Stage): Value {
  const shares = firstMaxima(emit, g, windowTaps(emit, input, at, axis), output);
  const [rows, columns] = [sizeOf(g.shape.slice(0, at)), sizeOf(g.shape.slice(at + 1))];
  if (axis.kernel === axis.stride && axis.dilation === 1) {
    const cells = concat(
      emit,
      shares.map((v) => reshape(emit, v, [rows, axis.out, 1, columns])),
      2,
    );
    const long = reshape(emit, cells, g.shape.with(at, axis.out * axis.kernel));
    return cropToInput(emit, long, at, axis);
  }
  const image = concat(
    emit,
    shares.map((v) => reshape(emit, v, [rows, 1, axis.out, columns])),
    1,
  );
  const k = axis.kernel;
  const identity = Array.from({ length: k * k }, (_, i) => (i % (k + 1) === 0 ? 1 : 0));
  return scatterWindows(emit, image, constantLike(emit, g, identity, [k, 1, k, 1]), {
    shape: g.shape,
    at,
    axis,
  });
}

/** For each place of the window, the input elements there, one an output. */
function windowTaps(
  emit: Emit,
  x: Value,
  at: number,
  { out, kernel, stride, dilation, begin, size }: PoolAxis,
): Value[] {
  const reach = (out - 1) * stride + (kernel - 1) * dilation + 1;
  const after = Math.max(0, reach - begin - size);
  const pads = [
    ...x.shape.map((_, i) => (i === at ? begin : 0)),
    ...x.shape.map((_, i) => (i === at ? after : 0)),
  ];
  const padded =
    begin + after === 0 ? x : emit.op("Pad", [x], { pads, mode: "constant", value: -Infinity });
  return Array.from({ length: kernel }, (_, k) => {
    const start = k * dilation;
    return sliceAxis(emit, padded, at, {
      start,
      end: start + (out - 1) * stride + 1,
      step: stride,
    });
  });
}

/** `g` split over the taps: each output's whole cotangent to the first tap that equals it. */
function firstMaxima(emit: Emit, g: Value, taps: readonly Value[], y: Value): Value[] {
  let rest = g;
  const zero = number(emit, g, 0);
  return taps.map((tap, i) => {
    if (i === taps.length - 1) return rest;
    const share = where(emit, equal(emit, tap, y), rest, zero);
    rest = sub(emit, rest, share);
    return share;
  });
}
