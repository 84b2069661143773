import type { Points } from "../data/points.ts";
import type { Extent } from "../draw/axes.ts";

/** A linear measurement of the plane: all points with a · x = y, give or take the noise. */
export interface MeasurementLine {
  /** The row of the operator. */
  readonly a: readonly [number, number];
  readonly y: number;
  /** Standard deviation of the noise, on the scale of y. */
  readonly noiseStd: number;
}

export type Density = (x: number, y: number) => number;

/** The particles of one sampler at the step that is shown. */
export interface Particles {
  /** What the sampler is called, where there are several. */
  readonly name: string | null;
  readonly points: Points;
  /** Those of the steps before, oldest first. */
  readonly trails: readonly Points[];
}

/** What samplers in the plane are shown among. */
export interface Scene {
  readonly extent: Extent;
  readonly prior: Density | null;
  readonly measurement: MeasurementLine | null;
  /** What the prior times it is the posterior, up to a factor; null where it is not known. */
  readonly likelihood: Density | null;
  /** Exact samples of the posterior. */
  readonly posterior: Points | null;
  readonly samplers: readonly Particles[];
  /** What was computed is of numbers that have changed since. */
  readonly stale: boolean;
}
