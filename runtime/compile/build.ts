import type { Registry } from "../graph/define-node.ts";
import type { Value } from "../ir/primitives.ts";
import type { TensorData } from "../tensor/tensor.ts";
import type { Host, Scope } from "../trace/host.ts";
import type { Assets } from "./assets.ts";

/** A scalar param: the host value that stands for it, and what it is unless a run says otherwise. */
export interface Param {
  readonly host: Host<number>;
  readonly value: number;
  /** The graph was compiled for this value: a run cannot set another. */
  readonly fixed?: true;
}

/** What elaboration shares between all nodes. */
export interface Build {
  readonly registry: Registry;
  readonly assets: Assets;
  /** Numbers that a run sets: `path.param`. */
  readonly params: Map<string, Param>;
  /** Tensors that a run is given. */
  readonly externals: Map<Value, TensorData>;
  /** How many samples each tensor from outside holds. */
  readonly given: number[];
  readonly root: Scope;
  readonly warn: (message: string, node: string) => void;
}
