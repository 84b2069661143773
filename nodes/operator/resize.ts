import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { cutoff } from "../common-params.ts";
import { port } from "../../runtime/graph/ports.ts";
import { resized } from "../resize.ts";
import type { AxisMatrix } from "./separable/axis-matrix.ts";
import { normalised, tapMatrix } from "./separable/axis-taps.ts";
import { cubic } from "./separable/cubic.ts";
import { lastTwo } from "./shared/family.ts";
import { perAxis, separableOperator } from "./separable/separable-operator.ts";

export const resize = defineNode({
  type: "operator/resize",
  v: 1,
  title: "Resize",
  summary:
    "Super-resolution as in DPS and DAPS: the image resized by 1/factor, any number above 0, with a cubic kernel that is widened by the factor when it shrinks (antialiasing), its weights of sum 1, the border continued by its mirror image with the last pixel repeated. The pseudo-inverse, the projector and the decomposition leave out singular values of the 1-D matrices below the cutoff.",
  formula: "A x = L_H\\, x\\, L_W^{\\top}",
  source:
    "Chung et al. 2023 (DPS), arXiv:2209.14687, section 4; DAPS, arXiv:2407.01521 (Resizer). Keys 1981, a = -1/2",
  params: z.strictObject({
    factor: z
      .number()
      .min(0.0625)
      .max(64)
      .default(4)
      .meta({ description: "How many times smaller the picture becomes; below 1 it grows." }),
    cutoff,
  }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  build({ params: { factor, cutoff } }) {
    const label = `resize by 1/${factor}`;
    return {
      operator: {
        bound: false,
        family: {
          label,
          signalOf([c = 1, h = 1, w = 1]) {
            const [height, width] = [Math.floor(h * factor), Math.floor(w * factor)];
            const same = countAt(height, factor) === h && countAt(width, factor) === w;
            return same ? [c, height, width] : null;
          },
          bind(signal) {
            const pair = perAxis(signal, (size) => resizeMatrix(size, factor));
            return separableOperator(label, signal, pair, {
              cutoff,
              truncated: false,
              baseline: (emit, y) => resized(emit, y, lastTwo(signal)),
            });
          },
        },
      },
    };
  },
});

/** Pixels of a line of `size` after resizing. */
const countAt = (size: number, factor: number) => Math.ceil(size / factor);

/** [⌈size / factor⌉, size]; the outer edges of both grids are aligned about their middle. */
function resizeMatrix(size: number, factor: number): AxisMatrix {
  const rows = countAt(size, factor);
  const stretch = Math.max(1, factor);
  return tapMatrix({ rows, columns: size, boundary: "symmetric" }, (i) => {
    // Where the middle of output pixel i lies among the input pixels.
    const centre = (i + 0.5 - (rows - size / factor) / 2) * factor - 0.5;
    const first = Math.floor(centre - 2 * stretch);
    const count = Math.ceil(4 * stretch) + 2;
    const weights = Array.from({ length: count }, (_, k) => cubic((first + k - centre) / stretch));
    return { first, weights: normalised(weights) };
  });
}
