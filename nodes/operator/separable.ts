import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { lastTwo } from "./family.ts";
import { readMatrix } from "./read-arrays.ts";
import { separableOperator } from "./separable-operator.ts";

export const separable = defineNode({
  type: "operator/separable",
  v: 1,
  title: "Separable matrix",
  summary:
    "Any linear map that treats rows and columns apart, from one or two matrices in .npy files, [outputs, inputs] each; columns takes the matrix of rows where no other is given. Everything else follows from their singular value decompositions, without the singular values below the cutoff; with truncated the operator itself is without them too.",
  formula: "A x = L\\, x\\, R^{\\top}",
  source: "Kawar et al. 2022 (DDRM), arXiv:2201.11793, appendix (separable operators)",
  params: z.strictObject({
    rows: z.string().min(1),
    columns: z.string().min(1).optional(),
    cutoff: z.number().min(0).default(0.03),
    truncated: z.boolean().default(false),
  }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  assets: ({ rows, columns }) => [
    { kind: "tensor", file: rows, path: ["params", "rows"] },
    ...(columns === undefined
      ? []
      : [{ kind: "tensor" as const, file: columns, path: ["params", "columns"] }]),
  ],
  build({ params: { rows: rowsFile, columns: columnsFile = rowsFile, ...cutoff }, ctx }) {
    const rows = readMatrix(ctx.tensor(rowsFile), rowsFile);
    const columns =
      columnsFile === rowsFile ? rows : readMatrix(ctx.tensor(columnsFile), columnsFile);
    const label = "separable matrix";
    return {
      operator: {
        bound: false,
        family: {
          label,
          signalOf: ([c = 1]) => [c, rows.columns, columns.columns],
          bind(signal) {
            const [height, width] = lastTwo(signal);
            if (height !== rows.columns || width !== columns.columns)
              throw new RangeError(
                `the matrices ${rowsFile} and ${columnsFile} take images of ${rows.columns}x${columns.columns}, the image is ${height}x${width}`,
              );
            return separableOperator(label, signal, { rows, columns }, cutoff);
          },
        },
      },
    };
  },
});
