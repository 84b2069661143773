import type { Value } from "../ir/primitives.ts";
import type { Emit } from "../ir/program.ts";
import { sizeOf, type Shape } from "../tensor/tensor.ts";
import { demand, demandAxis, demandSameType, firstType, type Family } from "./family.ts";
import {
  addNumber,
  div,
  exp,
  mul,
  neg,
  number,
  reduceMean,
  reduceSum,
  reshape,
  square,
  sub,
  sumTo,
} from "./write.ts";

type Name =
  | "Softmax"
  | "LogSoftmax"
  | "InstanceNormalization"
  | "LayerNormalization"
  | "BatchNormalization";

const sqrt = (emit: Emit, a: Value) => emit.op("Sqrt", [a], {});

/** Rows that bring axes to a common scale. */
export const normalisation: Family<Name> = {
  Softmax: {
    infer: (inputs, { axis }) => {
      demandAxis("Softmax", axis, inputs[0].shape.length);
      return [firstType("Softmax", inputs)];
    },
    // y (g - Σ g y)
    vjp: (e, { outputs: [y], params: { axis }, cotangents: [g] }) => [
      g && y ? mul(e, y, sub(e, g, reduceSum(e, mul(e, g, y), [axis]))) : null,
    ],
    cost: ([x]) => 5 * sizeOf(x.shape),
    onnx: ({ axis }) => ({ attributes: { axis } }),
  },
  LogSoftmax: {
    infer: (inputs, { axis }) => {
      demandAxis("LogSoftmax", axis, inputs[0].shape.length);
      return [firstType("LogSoftmax", inputs)];
    },
    // g - exp(y) Σ g
    vjp: (e, { outputs: [y], params: { axis }, cotangents: [g] }) => [
      g && y ? sub(e, g, mul(e, exp(e, y), reduceSum(e, g, [axis]))) : null,
    ],
    cost: ([x]) => 6 * sizeOf(x.shape),
    onnx: ({ axis }) => ({ attributes: { axis } }),
  },
  InstanceNormalization: {
    infer: (inputs) => {
      const [x, gain, bias] = inputs;
      demandSameType("InstanceNormalization", inputs);
      const channels = x.shape[1] ?? 0;
      demand(
        x.shape.length >= 3,
        "InstanceNormalization",
        `a tensor of rank 3 or more is needed, got [${x.shape.join(",")}]`,
      );
      demand(
        sizeOf(gain.shape) === channels && sizeOf(bias.shape) === channels,
        "InstanceNormalization",
        `scale and bias must have ${channels} entries`,
      );
      return [firstType("InstanceNormalization", inputs)];
    },
    vjp: (e, { inputs: [x, gain], params: { epsilon }, cotangents: [g], wanted }) => {
      if (!g) return [null, null, null];
      const axes = x.shape.flatMap((_, i) => (i < 2 ? [] : [i]));
      const channel = x.shape.map((d, i) => (i === 1 ? d : 1));
      const parts = normalise(e, x, axes, epsilon);
      const scaled = { ...parts, g, gain: reshape(e, gain, channel) };
      return [
        wanted[0] ? normaliseBack(e, scaled, axes) : null,
        wanted[1] ? reshape(e, gainCotangent(e, parts, g, channel), gain.shape) : null,
        wanted[2] ? reshape(e, sumTo(e, g, channel), gain.shape) : null,
      ];
    },
    cost: ([x]) => 6 * sizeOf(x.shape),
    onnx: ({ epsilon }) => ({ attributes: { epsilon: { float: epsilon } } }),
  },
  LayerNormalization: {
    infer: (inputs, { axis }) => {
      demandSameType(
        "LayerNormalization",
        inputs.filter((type) => type !== null),
      );
      demandAxis("LayerNormalization", axis, inputs[0].shape.length);
      return [firstType("LayerNormalization", inputs)];
    },
    vjp: (e, { inputs: [x, gain, bias], params: { axis, epsilon }, cotangents: [g], wanted }) => {
      if (!g) return [null, null, null];
      const axes = x.shape.flatMap((_, i) => (i < axis ? [] : [i]));
      const parts = normalise(e, x, axes, epsilon);
      return [
        wanted[0] ? normaliseBack(e, { ...parts, g: mul(e, g, gain), gain: null }, axes) : null,
        wanted[1] ? gainCotangent(e, parts, g, gain.shape) : null,
        wanted[2] && bias ? sumTo(e, g, bias.shape) : null,
      ];
    },
    cost: ([x]) => 6 * sizeOf(x.shape),
    onnx: ({ axis, epsilon }) => ({ attributes: { axis, epsilon: { float: epsilon } } }),
  },
  BatchNormalization: {
    infer: (inputs) => {
      demandSameType("BatchNormalization", inputs);
      const channels = inputs[0].shape[1];
      for (const { shape } of inputs.slice(1))
        demand(
          sizeOf(shape) === channels,
          "BatchNormalization",
          `scale, bias, mean and variance must have ${channels} entries, got ${sizeOf(shape)}`,
        );
      return [firstType("BatchNormalization", inputs)];
    },
    // y = gain (x - mean) rstd + bias
    vjp: (
      e,
      { inputs: [x, gain, , mean, variance], params: { epsilon }, cotangents: [g], wanted },
    ) => {
      if (!g) return [null, null, null, null, null];
      const channel = x.shape.map((d, i) => (i === 1 ? d : 1));
      const rstd = div(e, number(e, x, 1), sqrt(e, addNumber(e, variance, epsilon)));
      const slope = mul(e, gain, rstd);
      const total = () => reshape(e, sumTo(e, g, channel), gain.shape);
      const against = () =>
        reshape(e, sumTo(e, mul(e, g, sub(e, x, reshape(e, mean, channel))), channel), gain.shape);
      return [
        wanted[0] ? mul(e, g, reshape(e, slope, channel)) : null,
        wanted[1] ? mul(e, against(), rstd) : null,
        wanted[2] ? total() : null,
        wanted[3] ? neg(e, mul(e, total(), slope)) : null,
        wanted[4]
          ? mul(e, mul(e, against(), mul(e, slope, square(e, rstd))), number(e, x, -0.5))
          : null,
      ];
    },
    cost: ([x]) => 2 * sizeOf(x.shape),
    onnx: ({ epsilon }) => ({ attributes: { epsilon: { float: epsilon } } }),
  },
};

/** x - mean, and 1 / standard deviation with the axes kept. */
interface Normalised {
  readonly centred: Value;
  readonly rstd: Value;
}

function normalise(emit: Emit, x: Value, axes: readonly number[], epsilon: number): Normalised {
  const centred = sub(emit, x, reduceMean(emit, x, axes));
  const variance = reduceMean(emit, square(emit, centred), axes);
  return {
    centred,
    rstd: div(emit, number(emit, x, 1), sqrt(emit, addNumber(emit, variance, epsilon))),
  };
}

/** rstd · gain · (g - mean(g) - centred · rstd² · mean(g · centred)), all factors of a row multiplied first. */
function normaliseBack(
  emit: Emit,
  at: Normalised & { readonly g: Value; readonly gain: Value | null },
  axes: readonly number[],
): Value {
  const { centred, rstd, g, gain } = at;
  const factor = gain === null ? rstd : mul(emit, gain, rstd);
  const along = mul(emit, square(emit, rstd), reduceMean(emit, mul(emit, g, centred), axes));
  const rest = sub(emit, sub(emit, g, reduceMean(emit, g, axes)), mul(emit, centred, along));
  return mul(emit, rest, factor);
}

function gainCotangent(emit: Emit, { centred, rstd }: Normalised, g: Value, shape: Shape): Value {
  return sumTo(emit, mul(emit, g, mul(emit, centred, rstd)), shape);
}
