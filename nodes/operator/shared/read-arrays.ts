import { formatShape, type TensorData } from "../../../runtime/tensor/tensor.ts";
import type { AxisMatrix } from "../separable/axis-matrix.ts";

/** @throws RangeError naming `file` for anything but a matrix. */
export function readMatrix({ shape, data }: TensorData, file: string): AxisMatrix {
  const [rows, columns] = shape;
  if (shape.length !== 2 || rows === undefined || columns === undefined)
    throw new RangeError(
      `the matrix ${file} has shape ${formatShape(shape)}; two axes are expected`,
    );
  return { rows, columns, data: Float64Array.from(data as Float32Array) };
}

/** @throws RangeError naming `file` for anything but a line of numbers. */
export function readVector({ shape, data }: TensorData, file: string): Float32Array {
  if (shape.length !== 1)
    throw new RangeError(`${file} has shape ${formatShape(shape)}; one axis is expected`);
  return data as Float32Array;
}
