import type { NodeReader } from "../node-reader.ts";
import type { Operand } from "../operand.ts";
import type { ReadTable } from "./row.ts";
import { transposedPads, windowOf } from "./window.ts";

function gemm(node: NodeReader): Operand {
  return node.emit("Gemm", [node.input(0), node.input(1), node.optional(2)], {
    alpha: node.float("alpha", 1),
    beta: node.float("beta", 1),
    transA: node.int("transA", 0) !== 0,
    transB: node.int("transB", 0) !== 0,
  });
}

/** The equation with its output written out and no blanks. */
function equationOf(node: NodeReader): string {
  const equation = node.text("equation", "").replaceAll(/\s/g, "");
  if (equation.includes("->")) return equation;
  const letters = [...equation.replaceAll(/[^a-zA-Z]/g, "")];
  const once = letters.filter((letter) => letters.indexOf(letter) === letters.lastIndexOf(letter));
  return `${equation}->${equation.includes("...") ? "..." : ""}${once.toSorted().join("")}`;
}

function conv(node: NodeReader): Operand {
  const x = node.input(0);
  const weights = node.input(1);
  const window = windowOf(node, x.shape.slice(2), weights.shape.slice(2));
  return node.emit("Conv", [x, weights, node.optional(2)], {
    ...window,
    group: node.int("group", 1),
  });
}

function convTranspose(node: NodeReader): Operand {
  const x = node.input(0);
  const weights = node.input(1);
  const window = transposedPads(node, x.shape.slice(2), weights.shape.slice(2));
  return node.emit("ConvTranspose", [x, weights, node.optional(2)], {
    ...window,
    group: node.int("group", 1),
  });
}

/** Sums of products. */
export const contraction: ReadTable = {
  MatMul: (node) => node.emit("MatMul", [node.input(0), node.input(1)], {}),
  Gemm: gemm,
  Einsum: (node) => node.emit("Einsum", node.all(), { equation: equationOf(node) }),
  Conv: conv,
  ConvTranspose: convTranspose,
};
