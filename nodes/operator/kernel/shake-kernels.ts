/**
 * Blur kernels of a shaken camera, each of size × size taps with sum 1: the path of a quadratic Bézier curve
 * through random points, with its centre of mass in the middle. Numbers in [0, 1) come from `uniform`.
 */
export function shakeKernels(count: number, size: number, uniform: () => number): Float64Array[] {
  return Array.from({ length: count }, () => {
    const points = [0, 1, 2].map(() => [uniform() - 0.5, uniform() - 0.5] as const);
    return rasterise(curve(points), size);
  });
}

type Point = readonly [number, number];
const samples = 256;

function curve([a = [0, 0], b = [0, 0], c = [0, 0]]: readonly Point[]): readonly Point[] {
  const along = (axis: 0 | 1, t: number) =>
    (1 - t) ** 2 * a[axis] + 2 * t * (1 - t) * b[axis] + t ** 2 * c[axis];
  return Array.from({ length: samples }, (_, i): Point => {
    const t = i / (samples - 1);
    return [along(0, t), along(1, t)];
  });
}

/** The time that the path spends at each tap, spread linearly over the four nearest. */
function rasterise(path: readonly Point[], size: number): Float64Array {
  const kernel = new Float64Array(size * size);
  const middle = ([0, 1] as const).map(
    (axis) => path.reduce((sum, p) => sum + p[axis], 0) / samples,
  );
  // Points lie less than 1 apart in either axis, so that all taps but the outermost are reached.
  const taps = path.map((p) =>
    ([0, 1] as const).map((axis) =>
      clamp((size - 1) * (0.5 + p[axis] - (middle[axis] ?? 0)), 0, size - 1),
    ),
  );
  for (const [row = 0, column = 0] of taps)
    for (const i of neighbours(row, size))
      for (const j of neighbours(column, size)) {
        const weight = (1 - Math.abs(row - i)) * (1 - Math.abs(column - j));
        kernel[i * size + j] = (kernel[i * size + j] ?? 0) + weight / samples;
      }
  return kernel;
}

/** The taps less than 1 away. */
const neighbours = (at: number, size: number) =>
  [Math.floor(at), Math.floor(at) + 1].filter((tap) => tap < size);
const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);
