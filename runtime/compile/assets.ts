import type { ModelAsset } from "../graph/define-node.ts";
import type { TensorData } from "../tensor/tensor.ts";

/** Files that the nodes of a graph asked for, loaded before anything is built. */
export interface Assets {
  readonly tensors: ReadonlyMap<string, TensorData>;
  readonly models: ReadonlyMap<string, ModelAsset>;
}

/** How a host (Node, the page) gets files: by a name in the library, or a path inside the asset folder. */
export interface AssetSource {
  /** float32 [1, C, H, W] in [-1, 1]. */
  image(file: string): Promise<TensorData>;
  /** .npy */
  tensor(file: string): Promise<TensorData>;
  model(name: string): Promise<ModelAsset>;
}
