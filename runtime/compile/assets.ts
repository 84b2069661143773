import type { ModelAsset } from "../graph/define-node.ts";
import type { TensorData } from "../tensor/tensor.ts";

/** Files that the nodes of a graph asked for, loaded before anything is built. */
export interface Assets {
  readonly tensors: ReadonlyMap<string, TensorData>;
  readonly models: ReadonlyMap<string, ModelAsset>;
}
