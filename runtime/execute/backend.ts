import type { Issue } from "../base/issue.ts";
import type { Program } from "../ir/program.ts";
import type { TensorData, TensorType } from "../tensor/tensor.ts";

/** Where tensors are computed: onnxruntime's execution provider. `wasm` exists in the page only, `cuda` in Node only. */
export type BackendId = "cpu" | "webgpu" | "cuda" | "wasm";

/**
 * A tensor that a backend holds, in device memory where the backend has such a thing.
 * It belongs to whoever received it: from `upload`, `place`, or a `run`. Immutable.
 */
export interface DeviceTensor {
  readonly type: TensorType;
  /** Frees the memory; a second call does nothing. A disposed tensor can be neither fed nor downloaded. */
  dispose(): void;
}

export type Feeds = Readonly<Record<string, DeviceTensor>>;

/** A loaded model. */
export interface Session {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /**
   * Runs the model once. `fetch` names the outputs to return (default: all). Feeds stay the caller's;
   * the outputs are new tensors, and the caller's to dispose.
   *
   * @throws IssueError `backend.feed` (an input is missing or does not fit), `backend.memory`, `backend.run`.
   * @throws TypeError when a feed was disposed or belongs to another backend.
   */
  run(feeds: Feeds, fetch?: readonly string[]): Promise<Feeds>;
  release(): Promise<void>;
}

/** A model as a program, which the backend writes out in the form that it loads best. */
export interface ModelProgram {
  readonly program: Program;
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
}

/** A model as the bytes of its file, or as a program. */
export type ModelSource = Uint8Array | ModelProgram;

export interface SessionOptions {
  /** Outputs that the host reads after every run (norms, stop conditions): kept in host memory. */
  readonly hostOutputs?: readonly string[];
}

/** One device through onnxruntime. Sessions and tensors of one backend never mix with another's. */
export interface Backend {
  readonly id: BackendId;
  /** One sentence for the user: what runs where, and why. */
  readonly chosen: string;
  /** @throws IssueError `backend.model` when onnxruntime refuses the model; `backend.memory`. */
  createSession(model: ModelSource, options?: SessionOptions): Promise<Session>;
  /** Wraps host data, uncopied, for one or a few runs; a device backend transfers it at each run. */
  upload(data: TensorData): DeviceTensor;
  /** Transfers host data once, for a tensor that many runs read (a measurement, a mask, weights). */
  place(data: TensorData): Promise<DeviceTensor>;
  /** The values in host memory. On a host-memory backend the array is the tensor's own: do not write to it. */
  download(tensor: DeviceTensor): Promise<TensorData>;
  /** Releases every session that is still open. */
  close(): Promise<void>;
}

/** What a host's `createXBackend` returns: the backend, and what the user should see about the choice. */
export interface ChosenBackend {
  readonly backend: Backend;
  /** `backend.fallback` where `auto` wanted something that did not work. */
  readonly notices: readonly Issue[];
}

export interface BackendOptions {
  /** Threads that one run may use on cpu and wasm. Default: the machine's cores, at most 8. */
  readonly threads?: number;
}
