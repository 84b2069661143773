import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { resized } from "../resize.ts";
import type { AxisMatrix } from "./separable/axis-matrix.ts";
import { normalised, tapMatrix } from "./separable/axis-taps.ts";
import { cubic } from "./separable/cubic.ts";
import { lastTwo } from "./shared/family.ts";
import { perAxis, separableOperator } from "./separable/separable-operator.ts";

/** Singular values of the 1-D matrix below it count as zero, as in the authors' code; up to x16 there are none. */
const cutoff = 0.03;

export const bicubic = defineNode({
  type: "operator/bicubic",
  v: 1,
  title: "Bicubic down-sampling",
  summary:
    "Super-resolution as in DDRM and C-ΠGDM: a separable cubic kernel of 4 × factor taps, then every factor-th pixel, the border continued by its mirror image with the last pixel repeated. For an odd factor the kernel sits half a pixel before the middle of the block, as it does there; operator/resize is centred for every factor.",
  formula: "A x = L_H\\, x\\, L_W^{\\top}",
  source:
    "Kawar et al. 2022 (DDRM), arXiv:2201.11793, appendix; C-ΠGDM, arXiv:2405.17673 (SRConv). Keys 1981, a = -1/2",
  params: z.strictObject({
    factor: z
      .int()
      .min(1)
      .max(64)
      .default(4)
      .meta({ description: "How many times smaller the picture becomes." }),
  }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  build({ params: { factor } }) {
    const label = `bicubic x${factor}`;
    return {
      operator: {
        bound: false,
        family: {
          label,
          signalOf: ([c = 1, h = 1, w = 1]) => [c, h * factor, w * factor],
          bind(signal) {
            const [height, width] = lastTwo(signal);
            if (height % factor !== 0 || width % factor !== 0)
              throw new RangeError(
                `bicubic down-sampling by ${factor} needs a height and a width that ${factor} divides, the image is ${height}x${width}; operator/resize takes any size`,
              );
            const pair = perAxis(signal, (size) => bicubicMatrix(size, factor));
            return separableOperator(label, signal, pair, {
              cutoff,
              truncated: false,
              baseline: (emit, y) => resized(emit, y, [height, width]),
            });
          },
        },
      },
    };
  },
});

/** [size / r, size]: row i reads 4r pixels from r i + ⌊r/2⌋ - 2r on. */
function bicubicMatrix(size: number, r: number): AxisMatrix {
  const weights = normalised(Array.from({ length: 4 * r }, (_, k) => cubic((k + 0.5) / r - 2)));
  return tapMatrix({ rows: size / r, columns: size, boundary: "symmetric" }, (i) => ({
    first: r * i + Math.floor(r / 2) - 2 * r,
    weights,
  }));
}
