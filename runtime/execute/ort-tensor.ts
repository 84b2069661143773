import type { Tensor, TensorConstructor } from "onnxruntime-common";
import { issueError } from "../base/issue.ts";
import { type DType, type TensorData, type TensorType, bytesPerElement } from "../tensor/tensor.ts";
import type { DeviceTensor } from "./backend.ts";

/** An onnxruntime tensor, and the backend it belongs to. */
export class OrtTensor implements DeviceTensor {
  readonly type: TensorType;
  readonly owner: object;
  #value: Tensor | null;

  /** @throws IssueError `backend.dtype` when its element type is none that programs hold. */
  constructor(value: Tensor, owner: object) {
    this.type = { dtype: dtypeOf(value), shape: value.dims };
    this.owner = owner;
    this.#value = value;
  }

  /** @throws TypeError when it was disposed. */
  get value(): Tensor {
    if (this.#value === null)
      throw new TypeError("DeviceTensor: it was disposed and holds nothing");
    return this.#value;
  }

  dispose(): void {
    this.#value?.dispose();
    this.#value = null;
  }
}

/** An onnxruntime tensor over the same array. */
export function toOrtTensor(
  Constructor: TensorConstructor,
  { dtype, data, shape }: TensorData,
): Tensor {
  return new Constructor(dtype, data, shape);
}

/** The values of a tensor in host memory; the array is the tensor's own. */
export function toTensorData(value: Tensor, data: Tensor.DataType): TensorData {
  const dtype = dtypeOf(value);
  // Where the host has Float16Array, onnxruntime uses it; programs keep the raw bits.
  const bits =
    dtype === "float16" && ArrayBuffer.isView(data)
      ? new Uint16Array(data.buffer, data.byteOffset, data.byteLength / bytesPerElement.float16)
      : data;
  return { dtype, shape: value.dims, data: bits } as TensorData;
}

/** @throws IssueError `backend.dtype`. */
export function dtypeOf({ type }: Tensor): DType {
  if (isDType(type)) return type;
  throw issueError(
    "backend.dtype",
    `The model returned elements of type ${type}.`,
    {},
    {
      expected: Object.keys(bytesPerElement).join(", "),
      got: type,
      fix: "Add a Cast to the model's output.",
    },
  );
}

function isDType(type: string): type is DType {
  return type in bytesPerElement;
}
