import { z } from "zod";
import { createNodeBackend } from "../../../runtime/execute/ort-node.ts";
import { createNoisePool } from "../../../runtime/execute/noise/noise-pool.ts";
import { philoxNoise } from "../../../runtime/execute/noise/philox-noise.ts";
import { startNodePoolWorker } from "../../../runtime/execute/noise/pool-worker-node.ts";
import { run } from "../../../runtime/execute/run.ts";
import { compileDpsMo, loadPrior, nodeFeed, syntheticImage } from "../subject.ts";

const settings = z.object({
  models: z.string(),
  size: z.number(),
  threads: z.number(),
  early: z.number().int(),
  late: z.number().int(),
});

/** Resident memory in MB after an early and a late outer iteration of one run, garbage collected. */
export async function longRun(given: unknown): Promise<Readonly<Record<string, number>>> {
  const { models, size, threads, early, late } = settings.parse(given);
  const { backend } = await createNodeBackend("cpu", { threads });
  const pool = createNoisePool({ start: startNodePoolWorker });
  const compiled = compileDpsMo({
    model: loadPrior(models, "photo64"),
    image: syntheticImage([1, 3, size, size]),
    operator: nodeFeed("operator/box-inpainting", { height: size / 4, width: size / 4 }),
    levels: late,
    innerSteps: 20,
  });
  const memory: Record<string, number> = {};
  for await (const event of run(compiled, {
    backend,
    seed: 1,
    noise: philoxNoise(1, pool),
    clock: () => performance.now(),
  }))
    if (event.type === "step" && (event.iteration + 1 === early || event.iteration + 1 === late)) {
      globalThis.gc?.();
      memory[event.iteration + 1 === early ? "earlyMB" : "lateMB"] =
        process.memoryUsage.rss() / 1e6;
    }
  await pool.close();
  return memory;
}
