import type { Points } from "../viewers/data/points.ts";
import type { Vector } from "./mixture.ts";

/** The mean of a cloud in the plane, and how far its points lie from it: the root of the mean squared distance. */
export interface Moments {
  readonly mean: Vector;
  readonly spread: number;
}

/** Null where a coordinate is no finite number, or there is no point. */
export function momentsOf({ values, count, dims }: Points): Moments | null {
  let [x, y, squares] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const [px, py] = [values[i * dims] ?? NaN, values[i * dims + 1] ?? NaN];
    x += px;
    y += py;
    squares += px * px + py * py;
  }
  const mean: Vector = [x / count, y / count];
  const spread = Math.sqrt(Math.max(0, squares / count - mean[0] ** 2 - mean[1] ** 2));
  return Number.isFinite(spread) ? { mean, spread } : null;
}

/** How a cloud differs from what it should be: the distance of the means, and its spread in parts of the true one. */
export function biasOf(
  cloud: Points,
  truth: Points,
): { readonly off: number; readonly spread: number } | null {
  const [own, right] = [momentsOf(cloud), momentsOf(truth)];
  if (own === null || right === null || right.spread === 0) return null;
  return {
    off: Math.hypot(own.mean[0] - right.mean[0], own.mean[1] - right.mean[1]),
    spread: own.spread / right.spread,
  };
}
