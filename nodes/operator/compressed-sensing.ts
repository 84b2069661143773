import { z } from "zod";
import { philoxStart } from "../../runtime/base/random-key.ts";
import { philox4x32 } from "../../runtime/base/philox.ts";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { seed } from "../common-params.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Operator } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import type { Emit } from "../../runtime/ir/program.ts";
import { float32, type Shape, type TensorData } from "../../runtime/tensor/tensor.ts";
import { mul } from "../../runtime/trace/math.ts";
import { lastTwo, sameSpace } from "./shared/family.ts";
import { lazy } from "./shared/lazy.ts";
import { isPowerOfTwo, walshHadamard } from "./shared/walsh-hadamard.ts";

export const compressedSensing = defineNode({
  type: "operator/compressed-sensing",
  v: 1,
  title: "Compressed sensing",
  summary:
    "Keeps one in ratio coefficients of the orthonormal Walsh–Hadamard transform, chosen at random by the seed, the same in all channels. The measurement has the signal's shape, in the order of the transform; entries that were not kept carry no information. Height and width must be powers of two.",
  formula: "A x = m \\odot H_H\\, x\\, H_W",
  source:
    "Kawar et al. 2022 (DDRM), arXiv:2201.11793 (compressed sensing by a Walsh–Hadamard transform); the selection is Denoodle's",
  params: z.strictObject({
    ratio: z
      .number()
      .min(1)
      .max(10000)
      .default(4)
      .meta({ description: "One in this many coefficients is kept; larger is harder." }),
    seed,
  }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  build: ({ params: { ratio, seed } }) => ({
    operator: sameSpace("compressed sensing", (signal) => bindSensing(signal, ratio, seed)),
  }),
});

function bindSensing(signal: Shape, ratio: number, seed: number): Operator {
  const [height, width] = lastTwo(signal);
  if (!isPowerOfTwo(height) || !isPowerOfTwo(width))
    throw new RangeError(
      `compressed sensing by a Walsh–Hadamard transform needs a height and a width that are powers of two, the image is ${height}x${width}`,
    );
  const kept = Math.max(1, Math.round((height * width) / ratio));
  const mask = lazy(() => selection([height, width], kept, seed));
  const transform = walshHadamard(height, width);
  const keep = (emit: Emit, c: Value) => mul(emit, c, emit.constant(mask()));
  const apply = (emit: Emit, x: Value) => keep(emit, transform(emit, x));
  const adjoint = (emit: Emit, y: Value) => transform(emit, keep(emit, y));
  return {
    label: "compressed sensing",
    linear: true,
    signal,
    measurement: signal,
    apply,
    vjp: (emit, _, r) => adjoint(emit, r),
    adjoint,
    pinv: adjoint,
    pinvTransposed: apply,
    projector: (emit, x) => adjoint(emit, transform(emit, x)),
    svd: {
      toSpectral: transform,
      fromSpectral: transform,
      measurementToSpectral: keep,
      singularValues: (emit) => emit.constant(mask()),
    },
    equivalentVariance: (sigma) => sigma ** 2,
    observedCount: (signal[0] ?? 1) * kept,
    lipschitz: 1,
  };
}

/** 1 at `kept` coefficients: those with the largest of as many random words of Philox. */
function selection(
  [height, width]: readonly [number, number],
  kept: number,
  seed: number,
): TensorData {
  const words = new Uint32Array(height * width);
  const { key, counter } = philoxStart({
    seed,
    stream: "compressed-sensing",
    sample: 0,
    indices: [],
  });
  for (let i = 0; i < words.length; i += 4)
    words.set(philox4x32([i / 4, ...counter], key).slice(0, words.length - i), i);
  const least = words.toSorted()[words.length - kept] ?? 0;
  const mask = Float32Array.from(words, (word) => (word > least ? 1 : 0));
  let left = kept - mask.reduce((sum, m) => sum + m, 0);
  for (let i = 0; left > 0; i += 1) if (words[i] === least) [mask[i], left] = [1, left - 1];
  return float32(mask, [1, 1, height, width]);
}
