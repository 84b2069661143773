import { formatShape, type Shape, type TensorData } from "../../../runtime/tensor/tensor.ts";

/** A 2-D kernel, row by row; its middle is entry (⌊height / 2⌋, ⌊width / 2⌋). */
export interface Kernel {
  readonly height: number;
  readonly width: number;
  readonly data: Float64Array;
}

/** Pixels that a kernel reads before and after its middle, along one axis. */
export interface Reach {
  readonly before: number;
  readonly after: number;
}

export function reachOf(size: number): Reach {
  const before = Math.floor(size / 2);
  return { before, after: size - 1 - before };
}

/** The kernel turned by 180 degrees. */
export function turned({ height, width, data }: Kernel): Kernel {
  return { height, width, data: data.toReversed() };
}

/**
 * A kernel of a tensor [.., K, L] with one matrix in it.
 *
 * @throws RangeError naming `file`.
 */
export function kernelOf({ shape, data }: TensorData, file: string): Kernel {
  const [height, width] = matrixShape(shape);
  if (height === undefined || width === undefined || height * width !== data.length)
    throw new RangeError(
      `the kernel ${file} has shape ${formatShape(shape)}; one matrix is expected, [rows,columns]`,
    );
  return { height, width, data: Float64Array.from(data as Float32Array) };
}

const matrixShape = (shape: Shape) => shape.slice(-2);

/**
 * The kernel divided by its sum.
 *
 * @throws RangeError when the sum is 0.
 */
export function ofSumOne({ height, width, data }: Kernel, name: string): Kernel {
  const sum = data.reduce((a, b) => a + b, 0);
  if (Math.abs(sum) < 1e-12)
    throw new RangeError(`the values of ${name} add up to 0 and cannot be normalised`);
  return { height, width, data: data.map((v) => v / sum) };
}
