import { z } from "zod";
import { createNodeBackend } from "../../../runtime/execute/ort-node.ts";
import { createNoisePool } from "../../../runtime/execute/noise/noise-pool.ts";
import { philoxNoise } from "../../../runtime/execute/noise/philox-noise.ts";
import { startNodePoolWorker } from "../../../runtime/execute/noise/pool-worker-node.ts";
import { run } from "../../../runtime/execute/run.ts";
import { compileDpsMo, loadPrior, nodeFeed, syntheticImage } from "../subject.ts";

const settings = z.object({ models: z.string(), size: z.number(), threads: z.number() });

/** Milliseconds to compile DPS-MO, and from there to the end of its first step and of its second. */
export async function startUp(given: unknown): Promise<Readonly<Record<string, number>>> {
  const { models, size, threads } = settings.parse(given);
  const model = loadPrior(models, "photo64");
  const image = syntheticImage([1, 3, size, size]);
  const { backend } = await createNodeBackend("cpu", { threads });
  const pool = createNoisePool({ start: startNodePoolWorker });
  const operator = nodeFeed("operator/box-inpainting", { height: size / 4, width: size / 4 });
  const begin = performance.now();
  const compiled = compileDpsMo({ model, image, operator, levels: 2, innerSteps: 20 });
  const compileMs = performance.now() - begin;
  const steps: number[] = [];
  for await (const event of run(compiled, {
    backend,
    seed: 1,
    noise: philoxNoise(1, pool),
    clock: () => performance.now(),
  }))
    if (event.type === "step") steps.push(performance.now() - begin);
  await pool.close();
  const [firstMs = Number.NaN, secondMs = Number.NaN] = steps;
  return { compileMs, firstMs, stepMs: secondMs - firstMs };
}
