/**
 * The engine's face: read and check a graph, compile it, run it. It knows neither files nor devices:
 * a registry of nodes, the assets and a backend are handed in (in Node, `runtime/execute/ort-node.ts`).
 */
export { formatIssue, IssueError, type Issue, type IssueAt } from "./base/issue.ts";
export type { DType, Shape, TensorData } from "./tensor/tensor.ts";
export { readNpy, writeNpy } from "./tensor/npy.ts";
export { readNpz, writeNpz } from "./tensor/npz.ts";
export type { Document } from "./graph/document.ts";
export { readDocument, type Read } from "./graph/read.ts";
export { writeDocument } from "./graph/write.ts";
export { validate } from "./graph/validate.ts";
export {
  createRegistry,
  defineNode,
  type AnyNode,
  type ModelAsset,
  type Registry,
} from "./graph/define-node.ts";
export type { Assets } from "./compile/assets.ts";
export { compile, type Compiled, type CompileRequest } from "./compile/compile.ts";
export type { Feed } from "./compile/slots.ts";
export type { Backend, BackendId, ChosenBackend } from "./execute/backend.ts";
export { createRunControl, type RunControl } from "./execute/control.ts";
export type { Checkpoint, Result, RunEvent, Timings } from "./execute/events.ts";
export type { NoiseSource } from "./execute/noise/noise-source.ts";
export { philoxNoise } from "./execute/noise/philox-noise.ts";
export { readTape } from "./execute/noise/read-tape.ts";
export { tapeNoise, type Tape } from "./execute/noise/tape-noise.ts";
export { run } from "./execute/run.ts";
export type { RunOptions } from "./execute/run-options.ts";
export { createEngine, type Engine, type EngineHost } from "./protocol/engine.ts";
export { engineMessage, type EngineEvent, type EngineMessage } from "./protocol/events.ts";
export { engineRequest, type EngineRequest } from "./protocol/requests.ts";
