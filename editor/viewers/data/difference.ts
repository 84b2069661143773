import { float32, type TensorData } from "../../../runtime/tensor/tensor.ts";
import { floatsOf } from "./floats.ts";

/** One tensor less another, value by value; a batch of one stands for each sample. Null where their shapes do not fit. */
export function differenceOf(left: TensorData, right: TensorData): TensorData | null {
  const [batch, other] = [left.shape[0] ?? 1, right.shape[0] ?? 1];
  const inner = (tensor: TensorData): string => tensor.shape.slice(1).join();
  if (inner(left) !== inner(right) || left.shape.length !== right.shape.length) return null;
  if (batch !== other && batch !== 1 && other !== 1) return null;
  const [a, b] = [floatsOf(left), floatsOf(right)];
  const longer = batch >= other ? left : right;
  const values = new Float32Array(Math.max(a.length, b.length));
  for (let i = 0; i < values.length; i++)
    values[i] = (a[i % a.length] ?? 0) - (b[i % b.length] ?? 0);
  return float32(values, longer.shape);
}
