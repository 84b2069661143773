import { float32, sizeOf, type Shape, type TensorData } from "../../../runtime/tensor/tensor.ts";

/** Nobody looks at a small drawing of more pixels along one axis than this. */
const mostPixels = 128;

/** A signal as one sample to draw; a large picture by the means of blocks. */
export function drawingOf(values: ArrayLike<number>, shape: Shape): TensorData {
  const [channels = 1, height = 1, width = 1] = shape;
  const block = Math.ceil(Math.max(height, width) / mostPixels);
  if (shape.length !== 3 || block === 1) return float32(values, [1, ...shape]);
  const small: Shape = [channels, Math.floor(height / block), Math.floor(width / block)];
  const [, rows = 1, columns = 1] = small;
  const means = Float32Array.from({ length: sizeOf(small) }, (_, i) => {
    const [column, row] = [i % columns, Math.floor(i / columns) % rows];
    const start = Math.floor(i / (columns * rows)) * height * width;
    let sum = 0;
    for (let y = row * block; y < (row + 1) * block; y += 1)
      for (let x = column * block; x < (column + 1) * block; x += 1)
        sum += values[start + y * width + x] ?? Number.NaN;
    return sum / block ** 2;
  });
  return float32(means, [1, ...small]);
}
