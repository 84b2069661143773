import { axisMap, type AxisMap } from "./axis-map.ts";
import {
  axisMatrix,
  at,
  product,
  scaleColumns,
  transposed,
  type AxisMatrix,
} from "./axis-matrix.ts";
import { axisSvd, type AxisSvd } from "./axis-svd.ts";
import { largestEigenvalue } from "../shared/eigenvalue.ts";
import { lazy } from "../shared/lazy.ts";

/** A 1-D matrix M and what follows from its decomposition U S Vᵀ, each computed when it is first asked for. */
export interface AxisParts {
  readonly maps: Readonly<Record<AxisPart, () => AxisMap>>;
  /** From the largest down; 0 where below the cutoff. */
  readonly values: () => Float64Array;
  /** Largest eigenvalue of MᵀM. */
  readonly largest: () => number;
}

export type AxisPart =
  | "apply"
  | "adjoint"
  | "pinv"
  | "pinvTransposed"
  | "projector"
  /** Vᵀ. */
  | "toSpectral"
  /** V. */
  | "fromSpectral"
  /** Uᵀ. */
  | "measurementToSpectral";

export interface Cutoff {
  /** Singular values below it count as zero in everything but M itself. */
  readonly cutoff: number;
  /** They are taken out of M too. */
  readonly truncated: boolean;
  /** Of both axes, where it is given: then none is computed. */
  readonly decomposition?: AxisSvd;
}

export function axisParts(
  matrix: AxisMatrix,
  { cutoff, truncated, decomposition }: Cutoff,
): AxisParts {
  const svd = lazy(() => cutOff(decomposition ?? axisSvd(matrix), cutoff));
  const used = lazy(() => (truncated ? recompose(svd()) : matrix));
  const inverse = lazy(() => pseudoInverse(svd()));
  const map = (make: () => AxisMatrix) => lazy(() => axisMap(make()));
  return {
    maps: {
      apply: map(used),
      adjoint: map(() => transposed(used())),
      pinv: map(inverse),
      pinvTransposed: map(() => transposed(inverse())),
      projector: map(() => rowSpaceProjector(svd())),
      toSpectral: map(() => transposed(svd().right)),
      fromSpectral: map(() => svd().right),
      measurementToSpectral: map(() => transposed(svd().left)),
    },
    values: () => svd().values,
    largest: lazy(() => largestEigenvalue(used())),
  };
}

function cutOff(svd: AxisSvd, cutoff: number): AxisSvd {
  const { left, right, values } = svd;
  const rounding = Number.EPSILON * Math.max(left.rows, right.rows) * (values[0] ?? 0);
  const smallest = Math.max(cutoff, rounding);
  return { left, right, values: values.map((value) => (value < smallest ? 0 : value)) };
}

/** The right singular vectors that belong to singular values, [columns, values]. */
const paired = ({ right, values }: AxisSvd) =>
  axisMatrix(right.rows, values.length, (i, j) => at(right, i, j));

/** left diag(values) rightᵀ. */
export const recompose = (svd: AxisSvd) =>
  product(scaleColumns(svd.left, svd.values), transposed(paired(svd)));

function pseudoInverse(svd: AxisSvd): AxisMatrix {
  const reciprocals = svd.values.map((value) => (value === 0 ? 0 : 1 / value));
  return product(scaleColumns(paired(svd), reciprocals), transposed(svd.left));
}

function rowSpaceProjector(svd: AxisSvd): AxisMatrix {
  const kept = svd.values.map((value) => (value === 0 ? 0 : 1));
  const vectors = paired(svd);
  return product(scaleColumns(vectors, kept), transposed(vectors));
}
