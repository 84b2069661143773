import { z } from "zod";
import { philoxStart } from "../../runtime/base/random-key.ts";
import { referenceNormals } from "../../runtime/base/random-normals.ts";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Operator } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import type { Emit } from "../../runtime/ir/program.ts";
import { float32, type Shape, type TensorData } from "../../runtime/tensor/tensor.ts";
import { mul } from "../../runtime/trace/math.ts";
import { countObserved, lastTwo, sameSpace } from "./family.ts";
import { isPowerOfTwo, walshHadamard } from "./walsh-hadamard.ts";

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
    ratio: z.number().min(1).max(10000).default(4),
    seed: z.int().min(0).max(4294967295).default(1),
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
  const mask = selection([height, width], ratio, seed);
  const transform = walshHadamard(height, width);
  const keep = (emit: Emit, c: Value) => mul(emit, c, emit.constant(mask));
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
      singularValues: (emit) => emit.constant(mask),
    },
    equivalentVariance: (sigma) => sigma ** 2,
    observedCount: countObserved(signal, mask),
    lipschitz: 1,
  };
}

/** 1 at the coefficients with the largest of as many random numbers, one in `ratio` of them. */
function selection(
  [height, width]: readonly [number, number],
  ratio: number,
  seed: number,
): TensorData {
  const count = height * width;
  const draws = new Float32Array(count);
  referenceNormals(
    draws,
    philoxStart({ seed, stream: "compressed-sensing", sample: 0, indices: [] }),
  );
  const order = Array.from(draws.keys()).toSorted((i, j) => (draws[j] ?? 0) - (draws[i] ?? 0));
  const mask = new Float32Array(count);
  for (const i of order.slice(0, Math.max(1, Math.round(count / ratio)))) mask[i] = 1;
  return float32(mask, [1, 1, height, width]);
}
