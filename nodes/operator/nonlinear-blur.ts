import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Operator } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import type { Emit } from "../../runtime/ir/program.ts";
import { float32, type Shape, type TensorData } from "../../runtime/tensor/tensor.ts";
import { addNumber, affine, mul, number, reduceSum, reshape } from "../../runtime/trace/math.ts";
import { lastTwo, sameSpace } from "./shared/family.ts";
import { reverseMode } from "./shared/reverse-mode.ts";
import { shakeKernels } from "./kernel/shake-kernels.ts";

const params = z.strictObject({
  radius: z
    .int()
    .min(1)
    .max(31)
    .default(4)
    .meta({ description: "How far the kernels reach.", unit: "px" }),
  gamma: z
    .number()
    .min(1)
    .max(4)
    .default(2.2)
    .meta({ description: "Exponent of the sensor's response curve." }),
  seed: z
    .int()
    .min(0)
    .max(4294967295)
    .default(0)
    .meta({ description: "What the kernels are drawn from." }),
});
type Params = z.infer<typeof params>;

export const nonlinearBlur = defineNode({
  type: "operator/nonlinear-blur",
  v: 1,
  title: "Nonlinear blur (substitute)",
  summary:
    "Camera shake as a sensor with a response curve records it: the picture is brought to linear light, blurred by a kernel that changes over the picture, and brought back. A substitute for the learned blur of the papers, whose network is not public: results are not comparable with theirs. The kernels, one for each corner and mixed linearly between them, are drawn from the seed; they reach radius pixels.",
  formula:
    "A(x) = \\gamma^{-1}\\!\\Big(\\textstyle\\sum_c w_c \\odot (k_c * \\gamma(x))\\Big),\\quad \\gamma(u) \\approx u^{2.2}",
  source:
    "Denoodle, in place of Tran et al. 2021 (arXiv:2104.00317) as used by DPS (arXiv:2209.14687) and DAPS (arXiv:2407.01521)",
  params,
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  build: ({ params }) => ({
    operator: sameSpace(label, (signal) => bindBlur(signal, params)),
  }),
});

const label = "nonlinear blur";
const corners = 4;

function bindBlur(signal: Shape, { radius, gamma, seed }: Params): Operator {
  const [height, width] = lastTwo(signal);
  const size = 2 * radius + 1;
  const kernels = shakeKernels(corners, size, uniformFrom(seed));
  const taps = float32(
    kernels.flatMap((kernel) => [...kernel]),
    [corners, 1, size, size],
  );
  const weights = cornerWeights(height, width);
  const { toLight, fromLight } = response(gamma);
  const apply = (emit: Emit, x: Value) =>
    fromLight(emit, blur(emit, toLight(emit, x), { taps, weights }));
  return {
    label,
    linear: false,
    signal,
    measurement: signal,
    apply,
    vjp: reverseMode(apply),
    observedCount: signal.reduce((a, b) => a * b, 1),
    // Measured: 1.0 to 2.3 on pictures, for a radius of up to 7.
    lipschitz: 2.3,
  };
}

/** Numbers in [0, 1) by the generator s ← 1664525 s + 1013904223 mod 2³². */
function uniformFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** How much each corner counts at each pixel [1, 4, H, W]; the sum is 1. */
function cornerWeights(height: number, width: number): TensorData {
  const data = new Float32Array(corners * height * width);
  for (let i = 0; i < height; i += 1)
    for (let j = 0; j < width; j += 1) {
      const [down, right] = [(i + 0.5) / height, (j + 0.5) / width];
      const all = [(1 - down) * (1 - right), (1 - down) * right, down * (1 - right), down * right];
      all.forEach((weight, c) => {
        data[(c * height + i) * width + j] = weight;
      });
    }
  return float32(data, [1, corners, height, width]);
}

interface Blur {
  readonly taps: TensorData;
  readonly weights: TensorData;
}

/** Every channel blurred by all kernels, mixed by the weights; the border is continued by its edge. */
function blur(emit: Emit, x: Value, { taps, weights }: Blur): Value {
  const [n = 1, c = 1, h = 1, w = 1] = x.shape;
  const reach = ((taps.shape[2] ?? 1) - 1) / 2;
  const pads = [0, 0, reach, reach, 0, 0, reach, reach];
  const planes = emit.op("Pad", [reshape(emit, x, [n * c, 1, h, w])], {
    pads,
    mode: "edge",
    value: 0,
  });
  const blurred = emit.op("Conv", [planes, emit.constant(taps), null], {
    strides: [1, 1],
    pads: [0, 0, 0, 0],
    dilations: [1, 1],
    group: 1,
  });
  const mixed = reduceSum(emit, mul(emit, blurred, emit.constant(weights)), [1]);
  return reshape(emit, mixed, x.shape);
}

/** Keeps the curve's slope finite at black. */
const lift = 1e-3;

/**
 * The response curve and its inverse: light (u s + t)^γ for u = (x+1)/2, with s and t such that black and white
 * are at lift and 1 + lift. Below black, where pictures are not, it is level.
 */
function response(gamma: number) {
  const t = lift ** (1 / gamma);
  const s = (1 + lift) ** (1 / gamma) - t;
  return {
    toLight(emit: Emit, x: Value): Value {
      const base = addNumber(emit, affine(emit, x, s / 2, s / 2), t);
      const kept = emit.op("Max", [base, number(emit, base, t / 2)], {});
      return emit.op("Pow", [kept, number(emit, kept, gamma)], {});
    },
    fromLight(emit: Emit, light: Value): Value {
      const base = emit.op("Pow", [light, number(emit, light, 1 / gamma)], {});
      return affine(emit, base, 2 / s, -(2 * t) / s - 1);
    },
  };
}
