import type { TensorData } from "../../tensor/tensor.ts";
import { bytesOf } from "../proto/view-elements.ts";

export interface Initialiser {
  readonly name: string;
  readonly tensor: TensorData;
}

/** The constants of one file in the order in which they are first read. */
export interface Initialisers {
  readonly all: readonly Initialiser[];
  /** The name under which the file holds `tensor`; small equal tensors are held once. */
  nameOf(tensor: TensorData): string;
}

/** Constants up to this size are compared by contents, larger ones by identity. */
const comparedBytes = 512;

export function createInitialisers(fresh: () => string): Initialisers {
  const all: Initialiser[] = [];
  const names = new Map<unknown, string>();
  return {
    all,
    nameOf: (tensor) => {
      const key = keyOf(tensor);
      const earlier = names.get(key);
      if (earlier !== undefined) return earlier;
      const name = fresh();
      names.set(key, name);
      all.push({ name, tensor });
      return name;
    },
  };
}

function keyOf(tensor: TensorData): unknown {
  if (tensor.data.byteLength > comparedBytes) return tensor;
  return `${tensor.dtype}[${tensor.shape.join(",")}]${bytesOf(tensor).join(",")}`;
}
