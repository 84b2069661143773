import type { NodeReader } from "../node-reader.ts";
import type { Operand } from "../operand.ts";
import { axisOf, type ReadTable } from "./row.ts";

function dft(node: NodeReader): Operand {
  const x = node.input(0);
  const stated = node.opset < 20 ? node.int("axis", 1) : (node.knownNumbers(2)?.[0] ?? -2);
  const axis = axisOf(node, stated, x.shape.length);
  const [length = x.shape[axis] ?? 1] = node.knownNumbers(1) ?? [];
  return node.emit("DFT", [x], {
    axis,
    length,
    inverse: node.int("inverse", 0) !== 0,
    onesided: node.int("onesided", 0) !== 0,
  });
}

export const spectral: ReadTable = { DFT: dft };
