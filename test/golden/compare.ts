import type { TensorData } from "../../runtime/tensor/tensor.ts";
import type { GoldenCase } from "./manifest.ts";

/** How far one array is from the authors', and whether that is within what the case allows. */
export interface Comparison {
  readonly array: string;
  readonly passed: boolean;
  /** The measure that decides, with its bound. */
  readonly said: string;
}

/** `factor` widens every tolerance (another backend rounds otherwise). */
export function compare(
  golden: GoldenCase,
  array: string,
  {
    parts,
    expected,
    factor,
  }: {
    readonly parts: readonly TensorData[];
    readonly expected: TensorData | undefined;
    readonly factor: number;
  },
): Comparison {
  const want = [...((expected?.data ?? []) as Float32Array)];
  const got = parts.flatMap(({ data }) => [...(data as Float32Array)]).slice(0, want.length);
  if (got.length === 0 || got.length !== want.length)
    return { array, passed: false, said: `${got.length} numbers for ${want.length}` };
  const off = got.map((value, i) => Math.abs(value - (want[i] ?? Number.NaN)));
  const bounds = boundsOf(golden, array).map(({ name, measure, bound }) => ({
    name,
    value: measure(off),
    bound: bound * factor,
  }));
  return {
    array,
    passed: bounds.every(({ value, bound }) => value <= bound),
    said: bounds
      .map(({ name, value, bound }) => `${name} ${value.toExponential(1)} (${bound})`)
      .join(", "),
  };
}

interface Bound {
  readonly name: string;
  readonly measure: (off: readonly number[]) => number;
  readonly bound: number;
}

/** The case's criterion: the largest difference, or for `out` its 99 % quantile and its RMS. */
function boundsOf(golden: GoldenCase, array: string): readonly Bound[] {
  const { primary_criterion: criterion, tolerance_out_rms: rms, tolerance_out_q99: q99 } = golden;
  if (array === "out" && criterion.includes("q99") && rms !== undefined && q99 !== undefined)
    return [
      { name: "q99", measure: quantile99, bound: q99 },
      { name: "rms", measure: rootMeanSquare, bound: rms },
    ];
  return [{ name: "max", measure: largest, bound: golden.tolerance[array] ?? Number.NaN }];
}

const largest = (off: readonly number[]) =>
  off.reduce((max, v) => (Number.isNaN(v) ? Number.NaN : Math.max(max, v)), 0);

const rootMeanSquare = (off: readonly number[]) =>
  Math.sqrt(off.reduce((sum, v) => sum + v ** 2, 0) / off.length);

function quantile99(off: readonly number[]): number {
  if (off.some(Number.isNaN)) return Number.NaN;
  return off.toSorted((a, b) => a - b)[Math.ceil(0.99 * off.length) - 1] ?? Number.NaN;
}
