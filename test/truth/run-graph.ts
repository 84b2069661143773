import { registry } from "../../nodes/index.ts";
import { compile } from "../../runtime/compile/compile.ts";
import type { Feed } from "../../runtime/compile/slots.ts";
import { philoxNoise } from "../../runtime/execute/noise/philox-noise.ts";
import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import { run } from "../../runtime/execute/run.ts";
import { createSessionCache } from "../../runtime/execute/session-cache.ts";
import type { Document } from "../../runtime/graph/document.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";

export interface GraphRun {
  readonly document: Document;
  readonly feeds: Readonly<Record<string, Feed>>;
  readonly batch: number;
  readonly seed: number;
}

export interface GraphResult {
  readonly outputs: Readonly<Record<string, TensorData>>;
  readonly nfe: number;
  readonly vjpCalls: number;
  readonly seconds: number;
}

/** Compiles and runs graphs on one cpu backend. */
export interface Runner {
  run(request: GraphRun): Promise<GraphResult>;
  close(): Promise<void>;
}

export async function createRunner(threads: number): Promise<Runner> {
  const { backend } = await createNodeBackend("cpu", { threads });
  const sessions = createSessionCache(backend);
  const clock = () => performance.now();
  return {
    close: () => backend.close(),
    async run({ document, feeds, batch, seed }) {
      const assets = { tensors: new Map(), models: new Map() };
      const compiled = compile({ document, feeds, batch, registry, assets });
      const noise = philoxNoise(seed);
      for await (const event of run(compiled, { backend, sessions, clock, seed, noise }))
        if (event.type === "done") {
          const { outputs, nfe, vjpCalls, timings } = event;
          return {
            outputs: outputs as Readonly<Record<string, TensorData>>,
            nfe,
            vjpCalls,
            seconds: timings.total / 1000,
          };
        }
      throw new Error("the run ended without its last event");
    },
  };
}
