import type { HostFeed } from "../graph/values.ts";
import type { Value } from "../ir/primitives.ts";
import type { Program } from "../ir/program.ts";
import type { TensorData } from "../tensor/tensor.ts";
import type { Host } from "../trace/host.ts";
import type { Barrier, Carried, Region } from "./region.ts";

/** One step function: a program, and where each of its inputs comes from. */
export interface Segment {
  readonly kind: "segment";
  readonly program: Program;
  /** In the order of the program's inputs: first tensors, then host feeds, then the packed scalars. */
  readonly tensors: readonly Value[];
  readonly feeds: readonly { readonly value: Value; readonly feed: HostFeed }[];
  /** Float64 host scalars, packed into one float32 vector: the last input, where there are any. */
  readonly scalars: readonly Host<number>[];
  readonly outputs: readonly Value[];
  /** Network evaluations and gradients through networks that one run performs. */
  readonly nfe: number;
  readonly vjpCalls: number;
}

/** A constant that something other than a step function reads. */
export interface Upload {
  readonly kind: "upload";
  readonly value: Value;
  readonly data: TensorData;
}

export type Step = Segment | Upload | Barrier;

/** What one iteration of a region executes, in order. */
export interface RegionPlan {
  readonly region: Region;
  readonly steps: readonly Step[];
  /** What has to be there after the last step. */
  readonly results: readonly Carried[];
  /** What the steps make, inside of step functions too. */
  readonly made: ReadonlySet<Value>;
  /** Last step that reads each value made here, so that its memory can go. */
  readonly lastUse: ReadonlyMap<Value, number>;
}
