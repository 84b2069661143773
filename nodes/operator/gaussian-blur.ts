import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { boundaryWords, cutoff, truncated } from "../common-params.ts";
import { port } from "../../runtime/graph/ports.ts";
import { correlationMatrix, gaussianWeights, normalised } from "./separable/axis-taps.ts";
import { boundaries } from "./separable/boundary.ts";
import { asItIs, sameSpace } from "./shared/family.ts";
import { perAxis, separableOperator } from "./separable/separable-operator.ts";

export const gaussianBlur = defineNode({
  type: "operator/gaussian-blur",
  v: 1,
  title: "Gaussian blur",
  summary:
    "Separable Gaussian blur, one matrix product an axis; the transposed matrices are the exact adjoint for every boundary rule. The kernel reaches ±int(4 std + 0.5) pixels unless a radius is given. The pseudo-inverse, the projector and the decomposition leave out singular values of the 1-D matrices below the cutoff (0.03 in DDRM, C-ΠGDM and ProjDiff); with truncated the blur itself is without them too, as in those papers' code.",
  formula: "A x = B_H\\, x\\, B_W^{\\top}",
  source:
    "Chung et al. 2023 (DPS), arXiv:2209.14687, section 4 (61 taps, std 3); cutoff: Kawar et al. 2022 (DDRM), arXiv:2201.11793",
  params: z.strictObject({
    std: z
      .number()
      .positive()
      .max(100)
      .default(3)
      .meta({ description: "Standard deviation of the kernel; larger blurs more.", unit: "px" }),
    radius: z.int().min(1).max(500).optional().meta({
      description: "How far the kernel reaches; left out, 4 standard deviations.",
      unit: "px",
    }),
    boundary: z.enum(boundaries).default("mirror").meta({ description: boundaryWords }),
    cutoff,
    truncated,
  }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  build({ params: { std, radius = Math.floor(4 * std + 0.5), boundary, cutoff, truncated } }) {
    const label = `Gaussian blur, std ${std}`;
    const taps = normalised(gaussianWeights(std, 2 * radius + 1));
    return {
      operator: sameSpace(label, (signal) => {
        const pair = perAxis(signal, (size) => correlationMatrix(size, taps, boundary));
        return separableOperator(label, signal, pair, { cutoff, truncated, baseline: asItIs });
      }),
    };
  },
});
