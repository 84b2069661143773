import type { NodeReader } from "../node-reader.ts";
import type { Operand } from "../operand.ts";
import { axisOf, type ReadTable } from "./row.ts";

const modes = ["constant", "reflect", "edge", "wrap"] as const;

/** Pads of every axis from pads of the named ones: all begins, then all ends. */
function spread(
  node: NodeReader,
  pads: readonly number[],
  axes: readonly number[],
  rank: number,
): readonly number[] {
  const all = new Array<number>(2 * rank).fill(0);
  axes.forEach((axis, i) => {
    const at = axisOf(node, axis, rank);
    all[at] = pads[i] ?? 0;
    all[at + rank] = pads[i + axes.length] ?? 0;
  });
  return all;
}

function padRow(node: NodeReader): Operand {
  const x = node.input(0);
  const old = node.opset < 11;
  const pads = (old ? node.ints("pads") : node.knownNumbers(1)) ?? node.refuse("it lacks its pads");
  const axes = (old ? null : node.knownNumbers(3)) ?? x.shape.map((_, axis) => axis);
  const value = old ? node.float("value", 0) : (node.knownNumbers(2)?.[0] ?? 0);
  const name = node.text("mode", "constant");
  const mode =
    modes.find((m) => m === name) ??
    node.refuse(`its mode "${name}" is not one of ${modes.join(", ")}`);
  if (pads.length !== 2 * axes.length)
    node.refuse(`it has ${pads.length} pads for ${axes.length} axes`);
  const all = spread(node, pads, axes, x.shape.length);
  return all.every((p) => p === 0) ? x : node.emit("Pad", [x], { pads: all, mode, value });
}

export const pad: ReadTable = { Pad: padRow };
