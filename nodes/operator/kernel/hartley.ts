import type { Value } from "../../../runtime/ir/primitives.ts";
import type { Emit } from "../../../runtime/ir/program.ts";
import { float32, type TensorData } from "../../../runtime/tensor/tensor.ts";
import { add, matMul, mul, sub } from "../../../runtime/trace/math.ts";
import { lazy } from "../shared/lazy.ts";
import type { Kernel } from "./kernel.ts";

/** Complex factors of the frequencies of a real image [height, width], factor(-k) the conjugate of factor(k). */
export interface Factors {
  readonly height: number;
  readonly width: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * What a circular correlation with `kernel` multiplies the frequencies Σ x_n exp(-2πi kn) of an image by:
 * Σ_j kernel_j exp(2πi k (j - middle)).
 */
export function circularFactors(kernel: Kernel, height: number, width: number): Factors {
  const along = spread(kernel, width);
  const re = new Float64Array(height * width);
  const im = new Float64Array(height * width);
  for (let j = 0; j < kernel.height; j += 1)
    for (let u = 0; u < height; u += 1) {
      const angle = turn(u * (j - Math.floor(kernel.height / 2)), height);
      const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
      for (let v = 0; v < width; v += 1) {
        const [a, b] = [along.re[j * width + v] ?? 0, along.im[j * width + v] ?? 0];
        re[u * width + v] = (re[u * width + v] ?? 0) + a * cosine - b * sine;
        im[u * width + v] = (im[u * width + v] ?? 0) + a * sine + b * cosine;
      }
    }
  return { height, width, re, im };
}

const turn = (steps: number, n: number) => (2 * Math.PI * (steps % n)) / n;

/** Every row of the kernel, transformed to `width` frequencies. */
function spread(kernel: Kernel, width: number) {
  const re = new Float64Array(kernel.height * width);
  const im = new Float64Array(kernel.height * width);
  for (let l = 0; l < kernel.width; l += 1)
    for (let v = 0; v < width; v += 1) {
      const angle = turn(v * (l - Math.floor(kernel.width / 2)), width);
      const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
      for (let j = 0; j < kernel.height; j += 1) {
        const tap = kernel.data[j * kernel.width + l] ?? 0;
        re[j * width + v] = (re[j * width + v] ?? 0) + tap * cosine;
        im[j * width + v] = (im[j * width + v] ?? 0) + tap * sine;
      }
    }
  return { re, im };
}

/** Every factor replaced. */
export function mapFactors(
  { height, width, re, im }: Factors,
  change: (re: number, im: number) => readonly [number, number],
): Factors {
  const changed = {
    height,
    width,
    re: new Float64Array(re.length),
    im: new Float64Array(re.length),
  };
  re.forEach((a, i) => {
    [changed.re[i], changed.im[i]] = change(a, im[i] ?? 0);
  });
  return changed;
}

/**
 * The 2-D Hartley transform of images [N, C, H, W]: Σ x_n cas(2π k·n) / √(HW), cas = cos + sin. Real,
 * orthogonal, and its own inverse: the real form of the Fourier basis.
 *
 * @see Bracewell 1983, "Discrete Hartley transform".
 */
export function hartley(height: number, width: number) {
  const rows = lazy(() => [table(height, Math.cos), table(height, Math.sin)] as const);
  const columns = lazy(
    () =>
      [
        table(width, (angle) => Math.cos(angle) + Math.sin(angle)),
        table(width, (angle) => Math.cos(angle) - Math.sin(angle)),
      ] as const,
  );
  /** Along the columns axis with cos + sin, and with cos - sin. */
  const halfway = (emit: Emit, x: Value) =>
    columns().map((matrix) => matMul(emit, x, emit.constant(matrix))) as [Value, Value];
  const constants = (emit: Emit) => rows().map((matrix) => emit.constant(matrix)) as [Value, Value];
  return {
    /** The coefficients, of the frequencies k. */
    transform(emit: Emit, x: Value): Value {
      const [plus, minus] = halfway(emit, x);
      const [cos, sin] = constants(emit);
      return add(emit, matMul(emit, cos, plus), matMul(emit, sin, minus));
    },
    /** The coefficients of the frequencies k, and of -k. */
    both(emit: Emit, x: Value): readonly [Value, Value] {
      const [plus, minus] = halfway(emit, x);
      const [cos, sin] = constants(emit);
      return [
        add(emit, matMul(emit, cos, plus), matMul(emit, sin, minus)),
        sub(emit, matMul(emit, cos, minus), matMul(emit, sin, plus)),
      ];
    },
  };
}

/** f(2πjk/n) / √n, symmetric. */
function table(n: number, f: (angle: number) => number): TensorData {
  const data = Float32Array.from(
    { length: n * n },
    (_, i) => f(turn(Math.floor(i / n) * (i % n), n)) / Math.sqrt(n),
  );
  return float32(data, [n, n]);
}

/** Hartley coefficients of what has the frequencies of x times `factors`. */
export function filtered(factors: Factors) {
  const image = (values: Float64Array) =>
    lazy(() => float32(Float32Array.from(values), [1, 1, factors.height, factors.width]));
  const [re, im] = [image(factors.re), image(factors.im)];
  return (emit: Emit, [at, opposite]: readonly [Value, Value]) =>
    sub(emit, mul(emit, at, emit.constant(re())), mul(emit, opposite, emit.constant(im())));
}
