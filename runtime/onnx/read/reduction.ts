import type { NodeReader } from "../node-reader.ts";
import type { Operand } from "../operand.ts";
import { axesOf, axisOf, type ReadRow, type ReadTable } from "./row.ts";

const rows = [
  "ReduceSum",
  "ReduceMean",
  "ReduceMax",
  "ReduceMin",
  "ReduceProd",
  "ReduceL1",
  "ReduceL2",
  "ReduceSumSquare",
  "ReduceLogSumExp",
] as const;
type ReduceName = (typeof rows)[number];

/** Reduces over the stated axes; over all of them (or none, where the node says so) when none are. */
function reduce(node: NodeReader, op: ReduceName): Operand {
  const x = node.input(0);
  const rank = x.shape.length;
  const stated = axesOf(node, 1, node.opType === "ReduceSum" ? 13 : 18) ?? [];
  if (stated.length === 0 && node.int("noop_with_empty_axes", 0) !== 0)
    return unreduced(node, x, op);
  const axes =
    stated.length === 0
      ? x.shape.map((_, axis) => axis)
      : stated.map((axis) => axisOf(node, axis, rank));
  const sorted = axes.toSorted((a, b) => a - b);
  return node.emit(op, [x], { axes: sorted, keepdims: node.int("keepdims", 1) !== 0 });
}

/** What a reduction over no axis makes of each element by itself. */
function unreduced(node: NodeReader, x: Operand, op: ReduceName): Operand {
  if (op === "ReduceL1" || op === "ReduceL2") return node.emit("Abs", [x], {});
  return op === "ReduceSumSquare" ? node.emit("Mul", [x, x], {}) : x;
}

function argument(op: "ArgMax" | "ArgMin"): ReadRow {
  return (node) => {
    const x = node.input(0);
    return node.emit(op, [x], {
      axis: axisOf(node, node.int("axis", 0), x.shape.length),
      keepdims: node.int("keepdims", 1) !== 0,
      selectLastIndex: node.int("select_last_index", 0) !== 0,
    });
  };
}

/** Operators that make one number of many. */
export const reduction: ReadTable = {
  ...Object.fromEntries(rows.map((op) => [op, (node: NodeReader) => reduce(node, op)])),
  ReduceLogSum: (node) => node.emit("Log", [reduce(node, "ReduceSum")], {}),
  ArgMax: argument("ArgMax"),
  ArgMin: argument("ArgMin"),
};
