import type { Points } from "../data/points.ts";
import type { Extent } from "../draw/axes.ts";
import type { DensityGrid } from "../draw/density.ts";

/** A linear measurement of the plane: all points with a · x = y, give or take the noise. */
export interface MeasurementLine {
  /** The row of the operator. */
  readonly a: readonly [number, number];
  readonly y: number;
  /** Standard deviation of the noise, on the scale of y. */
  readonly noiseStd: number;
}

/** What a sampler in the plane is shown among. */
export interface Scene {
  readonly extent: Extent;
  /** Density of the prior, as a function of the plane or on a grid. */
  readonly prior: DensityGrid | ((x: number, y: number) => number) | null;
  readonly measurement: MeasurementLine | null;
  /** Exact samples of the posterior. */
  readonly posterior: Points | null;
  /** The sampler's particles at the step that is shown. */
  readonly particles: Points | null;
  /** Those of the steps before, oldest first. */
  readonly trails: readonly Points[];
}

export const layerNames = ["prior", "measurement", "posterior", "trails", "particles"] as const;
export type LayerName = (typeof layerNames)[number];

/** Whether a scene has anything of a layer. */
export function hasLayer(scene: Scene, layer: LayerName): boolean {
  if (layer === "trails") return scene.trails.length > 0;
  return scene[layer] !== null;
}
