import type { Operator } from "../../../runtime/graph/values.ts";
import type { Value } from "../../../runtime/ir/primitives.ts";
import type { Emit } from "../../../runtime/ir/program.ts";
import { float32, sizeOf, type Shape } from "../../../runtime/tensor/tensor.ts";
import { mul } from "../../../runtime/trace/math.ts";
import type { Boundary } from "../separable/boundary.ts";
import { correlation } from "./correlate.ts";
import { extension } from "./extend.ts";
import { asItIs, lastTwo } from "../shared/family.ts";
import { circularFactors, filtered, hartley, mapFactors, type Factors } from "./hartley.ts";
import { kernelEigenvalue } from "./kernel-eigenvalue.ts";
import { reachOf, turned, type Kernel, type Reach } from "./kernel.ts";
import { lazy } from "../shared/lazy.ts";

export interface KernelBlur {
  readonly kernel: Kernel;
  readonly boundary: Boundary;
  /** Singular values of a circular blur below it count as zero in all but the blur itself. */
  readonly cutoff: number;
}

/**
 * The correlation of every channel with one 2-D kernel: y_ij = Σ_ab k_ab x_{i + a - ⌊K/2⌋, j + b - ⌊L/2⌋}. With a
 * circular boundary the Fourier basis is its singular basis, in real form (Hartley); with any other boundary it
 * has apply, its gradient and its adjoint.
 */
export function kernelOperator(label: string, signal: Shape, blur: KernelBlur): Operator {
  const { kernel, boundary } = blur;
  const size = lastTwo(signal);
  const apply = correlated(kernel, size, [reachOf(kernel.height), reachOf(kernel.width)], boundary);
  const adjoint = adjointOf(kernel, size, boundary);
  const eigenvalue = lazy(() => kernelEigenvalue(kernel, size, boundary));
  const base = {
    label,
    linear: true,
    signal,
    measurement: signal,
    apply,
    vjp: (emit: Emit, _: Value, r: Value) => adjoint(emit, r),
    adjoint,
    baseline: asItIs,
    observedCount: sizeOf(signal),
  };
  if (boundary !== "circular")
    return {
      ...base,
      get lipschitz() {
        return eigenvalue();
      },
    };
  const factors = lazy(() => circularFactors(kernel, ...size));
  return {
    ...base,
    ...circularColumns(size, factors, blur.cutoff),
    get lipschitz() {
      const { re, im } = factors();
      return re.reduce((most, a, i) => Math.max(most, a * a + (im[i] ?? 0) ** 2), 0);
    },
  };
}

type Size = readonly [height: number, width: number];
type Reaches = readonly [rows: Reach, columns: Reach];

function correlated(kernel: Kernel, size: Size, reach: Reaches, boundary: Boundary) {
  const { extend } = extension(size, reach, boundary);
  const inside = correlation(kernel);
  return (emit: Emit, x: Value) => inside(emit, extend(emit, x));
}

function adjointOf(kernel: Kernel, size: Size, boundary: Boundary) {
  const [rows, columns] = [reachOf(kernel.height), reachOf(kernel.width)];
  const flipped = turned(kernel);
  // Where the border is nobody's, or every pixel's alike, the adjoint correlates with the turned kernel.
  if (boundary === "zero" || boundary === "circular")
    return correlated(flipped, size, [swapped(rows), swapped(columns)], boundary);
  // Else: what every pixel of the extended image receives, then the border folded back.
  const all = [around(kernel.height), around(kernel.width)] as const;
  const spread = correlated(flipped, size, all, "zero");
  const border = extension(size, [rows, columns], boundary);
  return (emit: Emit, y: Value) => border.adjoint(emit, spread(emit, y));
}

const swapped = ({ before, after }: Reach): Reach => ({ before: after, after: before });
const around = (taps: number): Reach => ({ before: taps - 1, after: taps - 1 });

function circularColumns([height, width]: Size, factors: () => Factors, cutoff: number) {
  const basis = hartley(height, width);
  const least = (re: number, im: number) => Math.hypot(re, im) < Math.max(cutoff, 1e-12);
  /** The filter with these factors, in image space. */
  const filter = (change: (re: number, im: number) => readonly [number, number]) => {
    const made = lazy(() => filtered(mapFactors(factors(), change)));
    return (emit: Emit, x: Value) => basis.transform(emit, made()(emit, basis.both(emit, x)));
  };
  const image = (values: Float64Array) => float32(Float32Array.from(values), [1, 1, height, width]);
  const singular = lazy(
    () => mapFactors(factors(), (a, b) => [least(a, b) ? 0 : Math.hypot(a, b), 0]).re,
  );
  const values = lazy(() => image(singular()));
  const kept = lazy(() => image(singular().map((value) => (value === 0 ? 0 : 1))));
  const unit = lazy(() =>
    filtered(
      mapFactors(factors(), (a, b) => {
        const length = Math.hypot(a, b);
        return length < 1e-12 ? [1, 0] : [a / length, -b / length];
      }),
    ),
  );
  return {
    pinv: filter((a, b) => (least(a, b) ? [0, 0] : [a / (a * a + b * b), -b / (a * a + b * b)])),
    pinvTransposed: filter((a, b) =>
      least(a, b) ? [0, 0] : [a / (a * a + b * b), b / (a * a + b * b)],
    ),
    projector: (emit: Emit, x: Value) =>
      basis.transform(emit, mul(emit, basis.transform(emit, x), emit.constant(kept()))),
    svd: {
      toSpectral: basis.transform,
      fromSpectral: basis.transform,
      measurementToSpectral: (emit: Emit, y: Value) => unit()(emit, basis.both(emit, y)),
      singularValues: (emit: Emit) => emit.constant(values()),
    },
  };
}
