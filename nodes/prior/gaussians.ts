import type { Gaussians, OperatorEmit } from "../../runtime/graph/values.ts";
import { float32, sizeOf, type Shape } from "../../runtime/tensor/tensor.ts";
import type { Mixture } from "./mixture.ts";

/** A mixture's components over signals of this shape, with dense roots of their covariances. */
export function gaussiansOf(emit: OperatorEmit, mixture: Mixture, signal: Shape): Gaussians {
  const { components, weights, means } = mixture;
  const n = sizeOf(signal);
  // One number a component stands for every pixel.
  const perPixel = mixture.shape === null ? n : 1;
  const wide = Float32Array.from(
    { length: components * n },
    (_, i) => means[Math.floor(i / perPixel)] ?? Number.NaN,
  );
  return {
    logWeights: emit.constant(float32(logWeights(weights), [components])),
    means: emit.constant(float32(wide, [components, n])),
    roots: emit.constant(float32(rootsOf(mixture, n), [components, n, n])),
  };
}

/** A component of weight 0 has no share: its logarithm only has to be far below the others. */
export const logWeights = (weights: readonly number[]): readonly number[] =>
  weights.map((weight) => (weight > 0 ? Math.log(weight) : -1e30));

/** E diag(√variance) of every component, row by row; E are the axes where there are no eigenvectors. */
function rootsOf({ components, variances, varianceSize, vectors }: Mixture, n: number) {
  const roots = new Float32Array(components * n * n);
  const rowsHeld = vectors === null ? 0 : n;
  for (let k = 0; k < components; k += 1)
    for (let j = 0; j < n; j += 1) {
      const std = Math.sqrt(variances[k * varianceSize + (j % varianceSize)] ?? Number.NaN);
      if (vectors === null) roots[(k * n + j) * n + j] = std;
      for (let i = 0; i < rowsHeld; i += 1)
        roots[(k * n + i) * n + j] = std * (vectors?.[(k * n + i) * n + j] ?? Number.NaN);
    }
  return roots;
}
