import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { boundaryWords, cutoff, truncated } from "../common-params.ts";
import { port } from "../../runtime/graph/ports.ts";
import { correlationMatrix } from "./separable/axis-taps.ts";
import { boundaries } from "./separable/boundary.ts";
import { asItIs, sameSpace } from "./shared/family.ts";
import { perAxis, separableOperator } from "./separable/separable-operator.ts";

export const uniformBlur = defineNode({
  type: "operator/uniform-blur",
  v: 1,
  title: "Uniform blur",
  summary:
    "Blur by the mean of a window of size × size pixels. The pseudo-inverse, the projector and the decomposition leave out singular values of the 1-D matrices below the cutoff (0.03 in DDRM); with truncated the blur itself is without them too. With an even size the window reaches one pixel further back.",
  formula:
    "(A x)_{ij} = \\tfrac1{K^2}\\sum_{a,b<K} x_{i+a-\\lfloor K/2\\rfloor,\\,j+b-\\lfloor K/2\\rfloor}",
  source: "Kawar et al. 2022 (DDRM), arXiv:2201.11793, uniform deblurring (9 taps)",
  params: z.strictObject({
    size: z
      .int()
      .min(1)
      .max(1000)
      .default(9)
      .meta({ description: "Height and width of the square that is averaged.", unit: "px" }),
    boundary: z.enum(boundaries).default("zero").meta({ description: boundaryWords }),
    cutoff,
    truncated,
  }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  build({ params: { size: count, boundary, cutoff, truncated } }) {
    const label = `uniform blur of ${count} pixels`;
    const taps = Array<number>(count).fill(1 / count);
    return {
      operator: sameSpace(label, (signal) => {
        const pair = perAxis(signal, (size) => correlationMatrix(size, taps, boundary));
        return separableOperator(label, signal, pair, { cutoff, truncated, baseline: asItIs });
      }),
    };
  },
});
