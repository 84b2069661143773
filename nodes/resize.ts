import type { Value } from "../runtime/ir/primitives.ts";
import type { Emit } from "../runtime/ir/program.ts";
import { resizeMatrix } from "../runtime/rules/resize-matrix.ts";
import { mapAxis } from "../runtime/trace/math.ts";

/**
 * Images [N, C, H, W] at another height and width, by bicubic interpolation with antialiasing: a
 * matrix product an axis, so that every backend gives the same.
 *
 * Source: Keys 1981, a = -1/2, pixel centres aligned, borders repeated.
 */
export function resized(emit: Emit, x: Value, size: readonly [number, number]): Value {
  return size.reduce((image, out, i) => {
    const axis = image.shape.length - 2 + i;
    const before = image.shape[axis] ?? 1;
    if (before === out) return image;
    return mapAxis(
      emit,
      image,
      axis,
      resizeMatrix({ ...bicubic, size: before, out, scale: out / before }),
    );
  }, x);
}

const bicubic = {
  mode: "cubic",
  coordinateTransformationMode: "half_pixel",
  nearestMode: "round_prefer_floor",
  cubicCoeffA: -0.5,
  antialias: true,
  excludeOutside: false,
} as const;
