import type { TensorData } from "../../runtime/tensor/tensor.ts";

/** The rows of a batch, each [1, …], sharing its memory. */
export function samplesOf(tensor: TensorData): readonly TensorData[] {
  const [count = 1, ...rest] = tensor.shape;
  const size = count === 0 ? 0 : tensor.data.length / count;
  return Array.from(
    { length: count },
    (_, i) =>
      ({
        ...tensor,
        shape: [1, ...rest],
        data: tensor.data.subarray(i * size, (i + 1) * size),
      }) as TensorData,
  );
}

/** Whether a batch can be shown: float32 [N, 1 or 3, H, W], finite, not empty. */
export function isPictures({ dtype, shape, data }: TensorData): boolean {
  const [count = 0, channels = 0, height = 0, width = 0] = shape;
  return (
    dtype === "float32" &&
    shape.length === 4 &&
    (channels === 1 || channels === 3) &&
    count * height * width > 0 &&
    data.every(Number.isFinite)
  );
}

/** Tensors of one shape after one another on a new first axis. */
export function stack(tensors: readonly TensorData[]): TensorData | null {
  const [first] = tensors;
  if (first === undefined || first.dtype !== "float32") return null;
  const data = new Float32Array(first.data.length * tensors.length);
  for (const [i, tensor] of tensors.entries()) {
    if (tensor.data.length !== first.data.length || tensor.dtype !== "float32") return null;
    data.set(tensor.data, i * first.data.length);
  }
  return { dtype: "float32", shape: [tensors.length, ...first.shape], data };
}
