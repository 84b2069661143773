import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { float32, sizeOf } from "../../runtime/tensor/tensor.ts";
import { sameSpace } from "./shared/family.ts";

export const identity = defineNode({
  type: "operator/identity",
  v: 1,
  title: "Identity",
  summary: "The signal itself is measured: with noise on it, denoising.",
  formula: "A x = x",
  source: "Kawar et al. 2022 (DDRM), arXiv:2201.11793 (denoising)",
  params: z.strictObject({}),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  build: () => ({
    operator: sameSpace("identity", (signal) => {
      const ones = float32([1], [1, ...signal.map(() => 1)]);
      return {
        label: "identity",
        linear: true,
        signal,
        measurement: signal,
        apply: (_, x) => x,
        vjp: (_, _x, r) => r,
        adjoint: (_, y) => y,
        pinv: (_, y) => y,
        pinvTransposed: (_, x) => x,
        projector: (_, x) => x,
        svd: {
          toSpectral: (_, x) => x,
          fromSpectral: (_, c) => c,
          measurementToSpectral: (_, y) => y,
          singularValues: (emit) => emit.constant(ones),
        },
        equivalentVariance: (sigma) => sigma ** 2,
        observedCount: sizeOf(signal),
        lipschitz: 1,
      };
    }),
  }),
});
