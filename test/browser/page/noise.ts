import { createNoisePool } from "../../../runtime/execute/noise/noise-pool.ts";
import { startWebPoolWorker } from "../../../runtime/execute/noise/pool-worker-web.ts";
import { philoxNoise } from "../../../runtime/execute/noise/philox-noise.ts";
import { noiseDraws, type NoisePage } from "../noise-page.ts";

async function drawAll(pause: boolean): Promise<Awaited<ReturnType<NoisePage["drawAll"]>>> {
  const pool = createNoisePool({ start: startWebPoolWorker });
  const source = philoxNoise(7, pool);
  source.prefetch(noiseDraws);
  if (pause) await new Promise((resolve) => setTimeout(resolve, 500));
  const arrays: number[][] = [];
  for (const draw of noiseDraws)
    arrays.push([...new Uint32Array((await source.draw(draw)).slice().buffer)]);
  const { failure } = pool;
  source.finish();
  await pool.close();
  return { arrays, failure, shared: "SharedArrayBuffer" in globalThis };
}

const noisePage: NoisePage = { drawAll };
Object.assign(globalThis, { noisePage });
