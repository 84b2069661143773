import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { boundaryWords, cutoff, seed } from "../common-params.ts";
import { port } from "../../runtime/graph/ports.ts";
import { boundaries } from "./separable/boundary.ts";
import { sameSpace } from "./shared/family.ts";
import { kernelOperator } from "./kernel/kernel-operator.ts";
import { motionKernel } from "./kernel/motion-kernel.ts";

export const motionBlur = defineNode({
  type: "operator/motion-blur",
  v: 1,
  title: "Motion blur",
  summary:
    "Blur along the path of a shaking camera, a smooth random curve that its seed determines: intensity 0 is a straight line, 1 a tangle. The path is Denoodle's own; for the kernel of a paper use operator/kernel-blur with its file. Otherwise as operator/kernel-blur.",
  formula:
    "(A x)_{ij} = \\sum_{ab} k_{ab}\\, x_{i+a-\\lfloor K/2\\rfloor,\\,j+b-\\lfloor K/2\\rfloor}",
  source:
    "Denoodle (the path); the task: Chung et al. 2023 (DPS), arXiv:2209.14687, section 4 (size 61, intensity 0.5)",
  params: z.strictObject({
    size: z
      .int()
      .min(3)
      .max(255)
      .default(61)
      .meta({ description: "Height and width of the kernel.", unit: "px" }),
    intensity: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .meta({ description: "How crooked the camera's path is: 0 is a straight line, 1 a tangle." }),
    seed,
    boundary: z.enum(boundaries).default("mirror").meta({ description: boundaryWords }),
    cutoff,
  }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  build({ params: { boundary, cutoff, ...motion } }) {
    const label = "motion blur";
    const kernel = motionKernel(motion);
    return {
      operator: sameSpace(label, (signal) =>
        kernelOperator(label, signal, { kernel, boundary, cutoff }),
      ),
    };
  },
});
