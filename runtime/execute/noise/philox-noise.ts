import { philoxStart } from "../../base/random-key.ts";
import { fillNormals } from "./fill-normals.ts";
import type { NoisePool, PoolRequest } from "./noise-pool.ts";
import { sizeOfSample, type NoiseDraw, type NoiseSource } from "./noise-source.ts";

/**
 * Seeded noise. A draw depends on its stream, samples and indices only, never on the order of
 * draws, the batch it is in, or whether a pool made it.
 *
 * @param seed an integer from 0 to 2^53 - 1.
 * @param pool makes arrays ahead of time, for one source at a time; it stays the caller's to close.
 */
export function philoxNoise(seed: number, pool?: NoisePool): NoiseSource {
  const request = (draw: NoiseDraw): PoolRequest => ({
    sampleSize: sizeOfSample(draw),
    starts: draw.samples.map((sample) => philoxStart({ ...draw, seed, sample })),
  });
  return {
    draw: (draw) => (pool === undefined ? drawHere(seed, draw) : pool.draw(request(draw))),
    prefetch: (draws) => pool?.prefetch(draws.map(request)),
    recycle: (values) => pool?.recycle(values),
    position: () => ({}),
    seek: () => {},
    finish() {
      pool?.clear();
      return [];
    },
  };
}

function drawHere(seed: number, draw: NoiseDraw): Float32Array {
  const size = sizeOfSample(draw);
  const out = new Float32Array(size * draw.samples.length);
  for (const [row, sample] of draw.samples.entries())
    fillNormals(out.subarray(row * size, (row + 1) * size), { ...draw, seed, sample });
  return out;
}
