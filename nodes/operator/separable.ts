import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { truncated } from "../common-params.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { axisMatrix, at, type AxisMatrix } from "./separable/axis-matrix.ts";
import { recompose } from "./separable/axis-parts.ts";
import type { AxisSvd } from "./separable/axis-svd.ts";
import { completeBasis } from "./separable/complete-basis.ts";
import { lastTwo } from "./shared/family.ts";
import { readMatrix, readVector } from "./shared/read-arrays.ts";
import { separableOperator, type AxisPair } from "./separable/separable-operator.ts";

const decomposition = z.strictObject({
  U: z.string().min(1),
  s: z.string().min(1),
  V: z.string().min(1),
});

export const separable = defineNode({
  type: "operator/separable",
  v: 1,
  title: "Separable matrix",
  summary:
    "Any linear map that treats rows and columns apart, from one or two matrices in .npy files, [outputs, inputs] each; columns takes the matrix of rows where no other is given. Everything else follows from their singular value decompositions, without the singular values below the cutoff; with truncated the operator itself is without them too. Instead of the matrices a decomposition U diag(s) Vᵀ for both axes: the basis of what has the singular value 0 is a matter of choice, and samplers that read the measurement there (DDRM) give another result with another choice.",
  formula: "A x = L\\, x\\, R^{\\top}",
  source: "Kawar et al. 2022 (DDRM), arXiv:2201.11793, appendix (separable operators)",
  params: z.strictObject({
    rows: z.string().min(1).optional().meta({
      description: "A .npy file of the matrix that acts on columns of pixels, [outputs, inputs].",
    }),
    columns: z.string().min(1).optional().meta({
      description: "A .npy file of the matrix that acts on rows of pixels; left out, that of rows.",
    }),
    decomposition: decomposition.optional().meta({
      description:
        "Files of a singular value decomposition for both axes, in the place of the matrices.",
    }),
    cutoff: z.number().min(0).default(0.03).meta({
      description:
        "Singular values below this are left out of the pseudo-inverse, the projector and the decomposition.",
    }),
    truncated,
  }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  assets: ({ rows, columns, decomposition: files = {} }) => [
    ...Object.entries({ rows, columns }).flatMap(([name, file]) =>
      file === undefined ? [] : [{ kind: "tensor" as const, file, path: ["params", name] }],
    ),
    ...Object.entries(files).map(([name, file]) => ({
      kind: "tensor" as const,
      file,
      path: ["params", "decomposition", name],
    })),
  ],
  build({
    params: { rows: rowsFile, columns: columnsFile, decomposition: files, ...cutoff },
    ctx,
  }) {
    const { pair, names, svd } = pairOf({ rows: rowsFile, columns: columnsFile, files }, (file) =>
      ctx.tensor(file),
    );
    const { rows, columns } = pair;
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
                `the matrices ${names} take images of ${rows.columns}x${columns.columns}, the image is ${height}x${width}`,
              );
            return separableOperator(label, signal, pair, {
              ...cutoff,
              ...(svd && { decomposition: svd }),
            });
          },
        },
      },
    };
  },
});

interface Files {
  readonly rows: string | undefined;
  readonly columns: string | undefined;
  readonly files: z.infer<typeof decomposition> | undefined;
}

/** The matrices of both axes, what to call them, and their decomposition where it is given. */
function pairOf(
  { rows: rowsFile, columns: columnsFile, files }: Files,
  read: (file: string) => TensorData,
): { readonly pair: AxisPair; readonly names: string; readonly svd?: AxisSvd } {
  if (files !== undefined) {
    if (rowsFile !== undefined || columnsFile !== undefined)
      throw new RangeError(
        "rows and columns are what a decomposition stands for: give one of them",
      );
    const svd = readSvd(files, read);
    const both = recompose(svd);
    return { pair: { rows: both, columns: both }, names: `${files.U} and ${files.V}`, svd };
  }
  if (rowsFile === undefined)
    throw new RangeError("give the matrix of the rows or a decomposition");
  const rows = readMatrix(read(rowsFile), rowsFile);
  if (columnsFile === undefined || columnsFile === rowsFile)
    return { pair: { rows, columns: rows }, names: rowsFile };
  const columns = readMatrix(read(columnsFile), columnsFile);
  return { pair: { rows, columns }, names: `${rowsFile} and ${columnsFile}` };
}

/** @throws RangeError for arrays that do not belong together. */
function readSvd(
  { U, s, V }: z.infer<typeof decomposition>,
  read: (file: string) => TensorData,
): AxisSvd {
  const [left, right] = [U, V].map((file) => readMatrix(read(file), file)) as [
    AxisMatrix,
    AxisMatrix,
  ];
  const values = Float64Array.from(readVector(read(s), s));
  const count = values.length;
  if (count > Math.min(left.rows, left.columns, right.rows, right.columns))
    throw new RangeError(
      `${s} holds ${count} singular values; ${U} (${left.rows}x${left.columns}) and ${V} (${right.rows}x${right.columns}) have no such many vectors`,
    );
  return {
    left: axisMatrix(left.rows, count, (i, j) => at(left, i, j)),
    values,
    right: completeBasis(right),
  };
}
