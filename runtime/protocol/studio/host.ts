import type { Issue } from "../../base/issue.ts";
import type { Registry } from "../../graph/define-node.ts";
import type { TensorData } from "../../tensor/tensor.ts";
import type { EngineMessage } from "../events.ts";
import type { SentModel } from "../open-weights.ts";
import type { EngineRequest } from "../requests.ts";
import type { StudioMessage } from "./messages.ts";

/** Is told how much of a file has come; `total` is null where nobody knows. */
export type Progress = (bytes: number, total: number | null) => void;

/** The files that Denoodle comes with, by the names that documents use. Each is null where there is none of the name. */
export interface Library {
  /** The text of a task. */
  readonly task: (name: string) => Promise<string | null>;
  /** A picture, an array or a sound; `sha256` in lower-case hex. */
  readonly asset: (name: string, progress: Progress) => Promise<FoundFile | null>;
  readonly model: (name: string, progress: Progress) => Promise<SentModel | null>;
}

export interface FoundFile {
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** What reads pictures and sounds differs between a page and Node. */
export interface Decoders {
  /** PNG, JPEG or WebP as float32 [1, C, H, W] in [-1, 1]. @throws IssueError `file.image`. */
  readonly image: (bytes: Uint8Array, name: string) => Promise<TensorData>;
  /** WAV as float32 [1, channels, samples] in [-1, 1]. @throws IssueError `file.wav`. */
  readonly sound: (bytes: Uint8Array, name: string) => Promise<TensorData>;
}

/** An engine (`createEngine`) that runs where it cannot hold up the studio: a worker, a child process. */
export interface EngineHandle {
  readonly send: (request: EngineRequest) => void;
  /** Ends it at once, whatever it is doing; `ended` is not called then. */
  readonly kill: () => void;
}

export interface EngineListener {
  readonly message: (message: EngineMessage) => void;
  /** It ended by itself: a crash. */
  readonly ended: (why: Issue) => void;
}

/** What differs between a web worker and a server. */
export interface StudioHost {
  readonly registry: Registry;
  readonly startEngine: (listener: EngineListener) => EngineHandle;
  readonly library: Library;
  readonly decode: Decoders;
  readonly post: (message: StudioMessage) => void;
  /** Milliseconds. */
  readonly clock: () => number;
  /** Calls back after so many milliseconds; what it returns takes that back. */
  readonly later: (work: () => void, ms: number) => () => void;
  /** The most that frames, and the checkpoints between them, of all runs may take; default 256 MB. */
  readonly keptBytes?: number;
}

export interface Studio {
  /** Takes a request as it came over the wire. Never throws: what is no request is answered in words. */
  readonly receive: (message: unknown) => void;
  /** Ends every run and the engine. */
  readonly close: () => void;
}
