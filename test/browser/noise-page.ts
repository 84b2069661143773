import type { NoiseDraw } from "../../runtime/execute/noise/noise-source.ts";

/** What the test and its page both draw. */
export const noiseDraws: readonly NoiseDraw[] = [0, 1, 2, 3, 4, 5].map((index) => ({
  stream: "anneal/renoise",
  shape: [2, 1, 50, 41],
  indices: [index],
  samples: [0, 9],
}));

/** What the page offers as `globalThis.noisePage`. */
export interface NoisePage {
  /** Draws `noiseDraws` through a pool of workers, at once or after a pause in which they are made. */
  drawAll(pause: boolean): Promise<{
    /** Float32 bits. */
    readonly arrays: readonly (readonly number[])[];
    readonly failure: string | null;
    readonly shared: boolean;
  }>;
}
