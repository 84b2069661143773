import type { Value } from "../../../runtime/ir/primitives.ts";
import type { Emit } from "../../../runtime/ir/program.ts";
import { float32, type TensorData } from "../../../runtime/tensor/tensor.ts";
import { padOrCrop, reshape, transpose } from "../../../runtime/trace/math.ts";
import { lazy } from "../shared/lazy.ts";
import type { Kernel } from "./kernel.ts";

/** Output pixels of one block a side. */
const blockSize = 4;

/**
 * The correlation of every channel of images [N, C, P, Q] with a kernel [K, L], where the kernel lies inside:
 * [N, C, P - K + 1, Q - L + 1].
 *
 * One Conv that yields a block of 4 x 4 pixels as 16 channels: several times faster than a Conv a channel, and
 * for 61 x 61 taps at 256 pixels as fast as a discrete Fourier transform, at 1024 twice as fast (measured).
 */
export function correlation(kernel: Kernel): (emit: Emit, x: Value) => Value {
  const weights = lazy(() => blockWeights(kernel));
  return (emit, x) => {
    const [n = 1, c = 1, p = 1, q = 1] = x.shape;
    const [height, width] = [p - kernel.height + 1, q - kernel.width + 1];
    const [h, w] = [Math.ceil(height / blockSize), Math.ceil(width / blockSize)];
    const filled = padOrCrop(
      emit,
      reshape(emit, x, [n * c, 1, p, q]),
      [0, 0, 0, 0],
      [0, 0, h * blockSize - height, w * blockSize - width],
    );
    const blocks = emit.op("Conv", [filled, emit.constant(weights()), null], {
      strides: [blockSize, blockSize],
      pads: [0, 0, 0, 0],
      dilations: [1, 1],
      group: 1,
    });
    const split = reshape(emit, blocks, [n * c, blockSize, blockSize, h, w]);
    const image = reshape(emit, transpose(emit, split, [0, 3, 1, 4, 2]), [
      n,
      c,
      h * blockSize,
      w * blockSize,
    ]);
    return padOrCrop(
      emit,
      image,
      [0, 0, 0, 0],
      [0, 0, height - h * blockSize, width - w * blockSize],
    );
  };
}

/** Channel b i + j holds the kernel moved by (i, j). */
function blockWeights({ height, width, data }: Kernel): TensorData {
  const [rows, columns] = [height + blockSize - 1, width + blockSize - 1];
  const all = new Float32Array(blockSize ** 2 * rows * columns);
  for (let channel = 0; channel < blockSize ** 2; channel += 1) {
    const [down, right] = [Math.floor(channel / blockSize), channel % blockSize];
    for (let k = 0; k < height; k += 1)
      all.set(
        data.subarray(k * width, (k + 1) * width),
        (channel * rows + k + down) * columns + right,
      );
  }
  return float32(all, [blockSize ** 2, 1, rows, columns]);
}
