import type { Params } from "../ir/primitives.ts";
import type { Matrix } from "./write.ts";

/** One axis of a Resize. */
export interface AxisResize extends Pick<
  Params<"Resize">,
  | "mode"
  | "coordinateTransformationMode"
  | "nearestMode"
  | "cubicCoeffA"
  | "antialias"
  | "excludeOutside"
> {
  readonly size: number;
  readonly out: number;
  readonly scale: number;
}

/**
 * The rows of weights by which each output element reads the input, as ONNX defines Resize.
 *
 * Source: ONNX operator specification, Resize-19; Keys 1981 for the cubic kernel.
 */
export function resizeMatrix(axis: AxisResize): Matrix {
  const { size, out } = axis;
  const values = new Array<number>(out * size).fill(0);
  for (let row = 0; row < out; row += 1) {
    for (const [column, weight] of taps(axis, sourceOf(axis, row)))
      values[row * size + column] = (values[row * size + column] ?? 0) + weight;
  }
  return { rows: out, columns: size, values };
}

type Tap = readonly [column: number, weight: number];

/** Where output element `row` lies on the input's axis. */
function sourceOf(
  { coordinateTransformationMode: mode, size, out, scale }: AxisResize,
  row: number,
): number {
  switch (mode) {
    case "asymmetric":
      return row / scale;
    case "align_corners":
      return out === 1 ? 0 : (row * (size - 1)) / (out - 1);
    case "pytorch_half_pixel":
      return out > 1 ? (row + 0.5) / scale - 0.5 : 0;
    case "tf_half_pixel_for_nn":
      return (row + 0.5) / scale;
    case "half_pixel_symmetric": {
      const adjustment = out / (scale * size);
      return (size / 2) * (1 - adjustment) + (row + 0.5) / scale - 0.5;
    }
    default:
      return (row + 0.5) / scale - 0.5;
  }
}

function taps(axis: AxisResize, at: number): readonly Tap[] {
  if (axis.mode === "nearest") return [[clamp(nearest(axis, at), axis.size), 1]];
  const kernel = axis.mode === "linear" ? triangle : cubic(axis.cubicCoeffA);
  // Antialiasing widens the kernel by the factor of a reduction. The weight of places outside goes to
  // the border, unless they are left out.
  const stretch = axis.antialias && axis.scale < 1 ? axis.scale : 1;
  const radius = (axis.mode === "linear" ? 1 : 2) / stretch;
  const found: Tap[] = [];
  for (let i = Math.ceil(at - radius); i <= Math.floor(at + radius); i += 1) {
    const inside = clamp(i, axis.size);
    if (inside === i || !axis.excludeOutside)
      found.push([inside, kernel(Math.abs(i - at) * stretch)]);
  }
  const sum = found.reduce((total, [, weight]) => total + weight, 0);
  const normal = axis.excludeOutside || axis.antialias ? sum : 1;
  return found.map(([column, weight]) => [column, weight / normal]);
}

function nearest({ nearestMode }: AxisResize, at: number): number {
  switch (nearestMode) {
    case "floor":
      return Math.floor(at);
    case "ceil":
      return Math.ceil(at);
    case "round_prefer_ceil":
      return Math.floor(at + 0.5);
    default:
      return Math.ceil(at - 0.5);
  }
}

const clamp = (i: number, size: number) => Math.min(Math.max(i, 0), size - 1);

const triangle = (d: number) => Math.max(0, 1 - d);

const cubic = (a: number) => (d: number) => {
  if (d <= 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
  return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
};
