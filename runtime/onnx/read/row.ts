import type { NodeReader } from "../node-reader.ts";
import type { Operand, Sequence } from "../operand.ts";

/** What one ONNX operator stands for: its outputs in order; null for one that nobody asked for. */
export type ReadRow = (node: NodeReader) => Operand | Sequence | readonly (Operand | null)[];

/** Reading rows by ONNX operator name. */
export type ReadTable = Readonly<Record<string, ReadRow>>;

/** Axis 0..rank-1; negative ones count from the end. Refuses what lies outside. */
export function axisOf(node: NodeReader, axis: number, rank: number): number {
  const at = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(at) || at < 0 || at >= Math.max(rank, 1))
    node.refuse(`axis ${axis} does not exist in a tensor of rank ${rank}`);
  return at;
}

/** Axes as an attribute before opset `since`, as input `index` from then on; null: not given. */
export function axesOf(node: NodeReader, index: number, since: number): readonly number[] | null {
  return node.opset < since ? node.ints("axes") : node.knownNumbers(index);
}
