import { philoxStart } from "../../runtime/base/random-key.ts";
import { referenceNormals } from "../../runtime/base/random-normals.ts";
import type { Samples } from "./samples.ts";

/** Directions over which the distance is averaged. */
export const directionCount = 128;

/** A set along every direction, each sorted: what the distance is computed of. */
export type Shadows = readonly Float64Array[];

/**
 * The projections of a set onto fixed directions, drawn evenly from the sphere.
 *
 * @see Bonneel et al. 2015, "Sliced and Radon Wasserstein barycenters of measures", section 2.
 */
export function shadowsOf({ count, size, values }: Samples): Shadows {
  return directionsIn(size).map((direction) => {
    const shadow = new Float64Array(count);
    for (let s = 0; s < count; s += 1) {
      let sum = 0;
      for (let i = 0; i < size; i += 1) sum += (direction[i] ?? 0) * (values[s * size + i] ?? NaN);
      shadow[s] = sum;
    }
    return shadow.sort();
  });
}

/** The sliced 2-Wasserstein distance of two sets of one count: √ of the mean of W₂² over the directions. */
export function slicedWasserstein(a: Shadows, b: Shadows): number {
  const squares = a.map((shadow, d) => {
    const other = b[d] ?? new Float64Array();
    if (other.length !== shadow.length)
      throw new RangeError(
        `slicedWasserstein: sets of ${shadow.length} and ${other.length} samples; it is for equal counts`,
      );
    let sum = 0;
    for (let i = 0; i < shadow.length; i += 1) sum += ((shadow[i] ?? NaN) - (other[i] ?? NaN)) ** 2;
    return sum / shadow.length;
  });
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}

function directionsIn(size: number): readonly Float32Array[] {
  return Array.from({ length: directionCount }, (_, sample) => {
    const direction = new Float32Array(size);
    const at = { seed: 0, stream: "truth/directions", sample, indices: [] };
    referenceNormals(direction, philoxStart(at));
    const norm = Math.hypot(...direction);
    return direction.map((value) => value / norm);
  });
}
