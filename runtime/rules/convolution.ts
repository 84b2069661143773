import type { Params, Value } from "../ir/primitives.ts";
import type { Emit } from "../ir/program.ts";
import { sizeOf, type Shape, type TensorType } from "../tensor/tensor.ts";
import { convolve, convolveRightly } from "./conv-write.ts";
import { demand, demandSameType, type Family } from "./family.ts";
import { flip, padOrCrop, reduceSum, reshape, sliceAxis, transpose } from "./write.ts";

type ConvParams = Params<"Conv">;
type Conv = "Conv" | "ConvTranspose";

/** Convolutions of any number of spatial axes: x [N, C, …], weight, bias or null. */
export const convolution: Family<Conv> = {
  Conv: {
    infer: ([x, w, bias], params) => {
      const spatial = demandConv("Conv", x, w, params);
      const [m = 1, perGroup = 1] = w.shape;
      demand(
        perGroup * params.group === x.shape[1],
        "Conv",
        `the input has ${x.shape[1]} channels, the weight [${w.shape.join(",")}] in ${params.group} groups wants ${perGroup * params.group}`,
      );
      demand(
        m % params.group === 0,
        "Conv",
        `${m} output channels do not split into ${params.group} groups`,
      );
      if (bias)
        demand(
          sizeOf(bias.shape) === m,
          "Conv",
          `the bias has ${sizeOf(bias.shape)} entries, the output ${m} channels`,
        );
      const shape = spatial.map(
        (axis) => Math.floor((axis.size + axis.pads - axis.reach) / axis.stride) + 1,
      );
      demand(
        shape.every((d) => d > 0),
        "Conv",
        `the kernel is larger than the padded input [${x.shape.join(",")}]`,
      );
      return [{ dtype: x.dtype, shape: [x.shape[0] ?? 1, m, ...shape] }];
    },
    vjp: (emit, { inputs: [x, w, bias], params, cotangents: [g], wanted }) =>
      g
        ? [
            wanted[0] ? convInputCotangent(emit, { x, w, g }, params) : null,
            wanted[1] ? convWeightCotangent(emit, { x, w, g }, params) : null,
            wanted[2] && bias ? biasCotangent(emit, g) : null,
          ]
        : [null, null, null],
    lower: convolveRightly,
    cost: ([, w], _, [y]) => 2 * sizeOf(w.shape.slice(1)) * sizeOf(y?.shape ?? []),
    onnx: (params, [, w]) => ({ attributes: windowAttributes(params, w) }),
  },
  ConvTranspose: {
    infer: ([x, w, bias], params) => {
      const spatial = demandConv("ConvTranspose", x, w, params);
      const [c = 1, perGroup = 1] = w.shape;
      demand(
        c === x.shape[1] && c % params.group === 0,
        "ConvTranspose",
        `the input has ${x.shape[1]} channels, the weight is [${w.shape.join(",")}] in ${params.group} groups`,
      );
      const m = perGroup * params.group;
      if (bias)
        demand(
          sizeOf(bias.shape) === m,
          "ConvTranspose",
          `the bias has ${sizeOf(bias.shape)} entries, the output ${m} channels`,
        );
      const shape = spatial.map(
        (axis, i) =>
          axis.stride * (axis.size - 1) + (params.outputPadding[i] ?? 0) + axis.reach - axis.pads,
      );
      demand(
        shape.every((d) => d > 0),
        "ConvTranspose",
        `the pads leave nothing of the output`,
      );
      return [{ dtype: x.dtype, shape: [x.shape[0] ?? 1, m, ...shape] }];
    },
    vjp: (emit, { inputs: [x, w, bias], params, cotangents: [g], wanted }) => {
      if (!g) return [null, null, null];
      const { outputPadding: _, ...conv } = params;
      return [
        wanted[0] ? convolve(emit, [g, w, null], conv) : null,
        wanted[1] ? convWeightCotangent(emit, { x: g, w, g: x }, conv) : null,
        wanted[2] && bias ? biasCotangent(emit, g) : null,
      ];
    },
    cost: ([x, w]) => 2 * sizeOf(w.shape.slice(1)) * sizeOf(x.shape),
    onnx: (params, [, w]) => ({
      attributes: { ...windowAttributes(params, w), output_padding: params.outputPadding },
    }),
  },
};

function windowAttributes({ strides, pads, dilations, group }: ConvParams, w: TensorType) {
  return { kernel_shape: w.shape.slice(2), strides, pads, dilations, group };
}

interface SpatialAxis {
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  /** dilation · (kernel - 1) + 1 */
  readonly reach: number;
  /** Begin and end together, and each. */
  readonly pads: number;
  readonly begin: number;
  readonly end: number;
}

function spatialAxes(
  x: { readonly shape: Shape },
  w: { readonly shape: Shape },
  params: ConvParams,
): SpatialAxis[] {
  const rank = x.shape.length - 2;
  return x.shape.slice(2).map((size, i) => {
    const kernel = w.shape[i + 2] ?? 1;
    const dilation = params.dilations[i] ?? 1;
    const [begin, end] = [params.pads[i] ?? 0, params.pads[i + rank] ?? 0];
    const reach = dilation * (kernel - 1) + 1;
    return {
      size,
      kernel,
      dilation,
      reach,
      stride: params.strides[i] ?? 1,
      pads: begin + end,
      begin,
      end,
    };
  });
}

function demandConv(op: Conv, x: TensorType, w: TensorType, params: ConvParams): SpatialAxis[] {
  demandSameType(op, [x, w]);
  const rank = x.shape.length - 2;
  demand(
    rank >= 1 && w.shape.length === rank + 2,
    op,
    `an input [${x.shape.join(",")}] does not go with a weight [${w.shape.join(",")}]`,
  );
  demand(
    params.strides.length === rank &&
      params.dilations.length === rank &&
      params.pads.length === 2 * rank,
    op,
    `strides, dilations and pads must cover ${rank} spatial axes`,
  );
  return spatialAxes(x, w, params);
}

function biasCotangent(emit: Emit, g: Value): Value {
  return reduceSum(
    emit,
    g,
    g.shape.flatMap((_, i) => (i === 1 ? [] : [i])),
    false,
  );
}

/** A convolution's data and weight, and the cotangent of its output. */
interface ConvValues {
  readonly x: Value;
  readonly w: Value;
  readonly g: Value;
}

/** At stride 1 a convolution with the turned weight, which is the faster form; else a transposed convolution. */
function convInputCotangent(emit: Emit, { x, w, g }: ConvValues, params: ConvParams): Value {
  const axes = spatialAxes(x, w, params);
  if (axes.some(({ stride }) => stride !== 1)) {
    // Input elements past the last window have no cotangent: the output padding puts them back.
    const outputPadding = axes.map(
      ({ size, pads, reach, stride }) => (size + pads - reach) % stride,
    );
    return emit.op("ConvTranspose", [g, w, null], { ...params, outputPadding });
  }
  const begin = axes.map((axis) => axis.reach - 1 - axis.begin);
  const end = axes.map((axis) => axis.reach - 1 - axis.end);
  const cut = (pads: readonly number[]) => [0, 0, ...pads.map((n) => Math.min(0, n))];
  const pads = [...begin, ...end].map((n) => Math.max(0, n));
  const inner = padOrCrop(emit, g, cut(begin), cut(end));
  return convolve(emit, [inner, turnedWeight(emit, w, params.group), null], { ...params, pads });
}

/** [M, C/G, k…] to [C, M/G, k…], every spatial axis read backwards. */
function turnedWeight(emit: Emit, w: Value, group: number): Value {
  const [m = 1, c = 1, ...kernel] = w.shape;
  const flipped = flip(
    emit,
    w,
    kernel.map((_, i) => i + 2),
  );
  if (c === 1 && m === group) return flipped;
  if (group === 1) return transpose(emit, flipped, [1, 0, ...kernel.map((_, i) => i + 2)]);
  const split = reshape(emit, flipped, [group, m / group, c, ...kernel]);
  const turned = transpose(emit, split, [0, 2, 1, ...kernel.map((_, i) => i + 3)]);
  return reshape(emit, turned, [group * c, m / group, ...kernel]);
}

/**
 * dw[m, c, k] = Σ x[n, c, o·stride + k·dilation - pad] g[n, m, o]: a convolution over the batch with
 * stride and dilation exchanged, one group of channels a group.
 */
function convWeightCotangent(emit: Emit, { x, w, g }: ConvValues, params: ConvParams): Value {
  const { group, strides, dilations, pads } = params;
  const [n = 1, channels = 1, ...size] = x.shape;
  const [m = 1] = [g.shape[1]];
  const c = channels / group;
  const spatial = size.map((_, i) => i + 3);
  const asBatch = transpose(emit, reshape(emit, x, [n, group, c, ...size]), [2, 1, 0, ...spatial]);
  const image = reshape(emit, asBatch, [c, group * n, ...size]);
  const kernel = transpose(emit, g, [1, 0, ...size.map((_, i) => i + 2)]);
  const whole = convolve(emit, [image, kernel, null], {
    group,
    strides: dilations,
    dilations: strides,
    pads,
  });
  const kept = size.reduce<Value>(
    (v, _, i) => sliceAxis(emit, v, i + 2, { start: 0, end: w.shape[i + 2] ?? 1 }),
    whole,
  );
  return reshape(emit, transpose(emit, kept, [1, 0, ...size.map((_, i) => i + 2)]), [
    m,
    c,
    ...w.shape.slice(2),
  ]);
}
