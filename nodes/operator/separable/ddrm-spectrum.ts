import type { Operator } from "../../../runtime/graph/values.ts";
import type { Value } from "../../../runtime/ir/primitives.ts";
import type { Emit } from "../../../runtime/ir/program.ts";
import { float32, sizeOf, type Shape } from "../../../runtime/tensor/tensor.ts";
import { mul } from "../../../runtime/trace/math.ts";
import { axisMap } from "./axis-map.ts";
import { transposed, type AxisMatrix } from "./axis-matrix.ts";
import { asItIs } from "../shared/family.ts";
import { lazy } from "../shared/lazy.ts";

/** Singular values of an image of one channel in falling order, and the place (row by row) that each belongs to. */
export interface Spectrum {
  readonly sorted: ArrayLike<number>;
  readonly permutation: ArrayLike<number>;
}

/** Left and right singular vectors of the 1-D map of each axis, as columns. */
export interface Bases {
  readonly rows: AxisBases;
  readonly columns: AxisBases;
}

interface AxisBases {
  readonly U: AxisMatrix;
  readonly V: AxisMatrix;
}

export interface Decomposed {
  readonly bases: Bases;
  readonly spectrum: Spectrum;
}

/** All products of two lines of singular values in falling order; equal ones in the order of their places. */
export function sortedSpectrum(rows: Float64Array, columns: Float64Array): Spectrum {
  const products = Array.from(
    { length: rows.length * columns.length },
    (_, i) => (rows[Math.floor(i / columns.length)] ?? 0) * (columns[i % columns.length] ?? 0),
  );
  const permutation = Array.from(products.keys()).toSorted(
    (i, j) => (products[j] ?? 0) - (products[i] ?? 0),
  );
  return { sorted: permutation.map((i) => products[i] ?? 0), permutation };
}

/**
 * y = U (S ∘ Vᵀ x V) Uᵀ with the singular values S where the code of DDRM's lineage puts them: coordinate p of
 * channel c, in falling order, gets the (p C + c mod HW)-th value instead of the p-th.
 */
export function spectralOperator(
  label: string,
  signal: Shape,
  decomposed: () => Decomposed,
): Operator {
  const pair = (side: keyof AxisBases, change: (m: AxisMatrix) => AxisMatrix) => {
    const maps = lazy(() => {
      const { rows, columns } = decomposed().bases;
      return { rows: axisMap(change(rows[side])), columns: axisMap(change(columns[side])) };
    });
    return (emit: Emit, x: Value) => maps().columns.onColumns(emit, maps().rows.onRows(emit, x));
  };
  const same = (m: AxisMatrix) => m;
  const [toU, fromU] = [pair("U", transposed), pair("U", same)];
  const [toV, fromV] = [pair("V", transposed), pair("V", same)];
  const values = lazy(() => layOut(signal, decomposed().spectrum));
  const image = (change: (value: number) => number) =>
    lazy(() => float32(values().map(change), [1, ...signal]));
  const [singular, inverse] = [image((s) => s), image((s) => (s === 0 ? 0 : 1 / s))];
  const kept = image((s) => (s === 0 ? 0 : 1));
  const chain =
    (to: typeof toU, factor: typeof singular, from: typeof toU) => (emit: Emit, x: Value) =>
      from(emit, mul(emit, to(emit, x), emit.constant(factor())));
  const adjoint = chain(toU, singular, fromV);
  return {
    label,
    linear: true,
    signal,
    measurement: signal,
    apply: chain(toV, singular, fromU),
    vjp: (emit, _, r) => adjoint(emit, r),
    adjoint,
    pinv: chain(toU, inverse, fromV),
    pinvTransposed: chain(toV, inverse, fromU),
    projector: chain(toV, kept, fromV),
    svd: {
      toSpectral: toV,
      fromSpectral: fromV,
      measurementToSpectral: toU,
      singularValues: (emit) => emit.constant(singular()),
    },
    baseline: asItIs,
    observedCount: sizeOf(signal),
    get lipschitz() {
      return values().reduce((most, s) => Math.max(most, s * s), 0);
    },
  };
}

/** The singular value of every entry of [C, H, W]. */
function layOut(
  [channels = 1, ...spatial]: Shape,
  { sorted, permutation }: Spectrum,
): Float32Array {
  const pixels = sizeOf(spatial);
  const values = new Float32Array(channels * pixels);
  for (let p = 0; p < pixels; p += 1)
    for (let c = 0; c < channels; c += 1)
      values[c * pixels + (permutation[p] ?? 0)] = sorted[(p * channels + c) % pixels] ?? 0;
  return values;
}
