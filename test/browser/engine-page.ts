import type { BackendId } from "../../runtime/execute/backend.ts";

/** One run asked of the engine in a worker; data crosses as text (`toText`). */
export interface EngineAsk {
  readonly wanted: "auto" | BackendId;
  /** A `GraphCase`. */
  readonly graphCase: string;
  /** Whether onnxruntime's WebAssembly is where the engine was told. */
  readonly assetsThere: boolean;
}

/** What the page offers as `globalThis.engine`. */
export interface EnginePage {
  /** The last event of the run: `done` or `failed`. */
  run(ask: EngineAsk): Promise<string>;
}
