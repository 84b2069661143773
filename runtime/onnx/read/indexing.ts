import type { NodeReader } from "../node-reader.ts";
import { known, type Operand } from "../operand.ts";
import { tensorOf } from "../proto/numbers.ts";
import { arithmetic } from "./activation.ts";
import { unsqueezed } from "./movement.ts";
import { axisOf, type ReadTable } from "./row.ts";

function axis(node: NodeReader): number {
  return axisOf(node, node.int("axis", 0), node.input(0).shape.length);
}

function reduction(node: NodeReader): "none" | "add" {
  const name = node.text("reduction", "none");
  if (name === "none" || name === "add") return name;
  return node.refuse(
    `its reduction "${name}" has no counterpart here`,
    "Only none and add are known.",
  );
}

function scatterElements(node: NodeReader): Operand {
  const inputs = [node.input(0), node.input(1), node.input(2)] as const;
  return node.emit("ScatterElements", inputs, { axis: axis(node), reduction: reduction(node) });
}

/** The numbers 0..length-1 along `axis` of a tensor of `rank`. */
export function countAlong(length: number, axis: number, rank: number): Operand {
  const shape = Array.from({ length: rank }, (_, i) => (i === axis ? length : 1));
  return known(
    tensorOf(
      "int64",
      shape,
      Array.from({ length }, (_, i) => i),
    ),
  );
}

function oneHot(node: NodeReader): Operand {
  const indices = node.cast(node.input(0), "int64");
  const [depth = 0] = node.knownNumbers(1) ?? [];
  const rank = indices.shape.length + 1;
  const at = axisOf(node, node.int("axis", -1), rank);
  const { less, add, equal, where } = arithmetic(node);
  const positive = where(less(indices, 0), add(indices, depth), indices);
  const hit = equal(unsqueezed(node, positive, [at]), countAlong(depth, at, rank));
  const [off, on] = node.emitAll("Split", [node.input(2)], { axis: 0, sizes: [1, 1] });
  if (off === undefined || on === undefined) return node.refuse("its values are not a pair");
  return where(hit, on, off);
}

function compress(node: NodeReader): Operand {
  const kept = (node.knownNumbers(1) ?? []).flatMap((keep, i) => (keep === 0 ? [] : [i]));
  const indices = known(tensorOf("int64", [kept.length], kept));
  const x = node.has("axis")
    ? node.input(0)
    : node.reshape(node.input(0), [node.input(0).shape.reduce((n, d) => n * d, 1)]);
  const at = axisOf(node, node.int("axis", 0), x.shape.length);
  return node.emit("Gather", [x, indices], { axis: at });
}

function topK(node: NodeReader): readonly Operand[] {
  const x = node.input(0);
  const [k = 0] = node.opset < 10 ? [node.int("k", 0)] : (node.knownNumbers(1) ?? []);
  return node.emitAll("TopK", [x], {
    k,
    axis: axisOf(node, node.int("axis", -1), x.shape.length),
    largest: node.int("largest", 1) !== 0,
    sorted: node.int("sorted", 1) !== 0,
  });
}

function cumSum(node: NodeReader): Operand {
  const x = node.input(0);
  const [stated = 0] = node.knownNumbers(1) ?? [];
  return node.emit("CumSum", [x], {
    axis: axisOf(node, stated, x.shape.length),
    exclusive: node.int("exclusive", 0) !== 0,
    reverse: node.int("reverse", 0) !== 0,
  });
}

/** Operators that pick elements by index. */
export const indexing: ReadTable = {
  Gather: (node) => node.emit("Gather", [node.input(0), node.input(1)], { axis: axis(node) }),
  GatherElements: (node) =>
    node.emit("GatherElements", [node.input(0), node.input(1)], { axis: axis(node) }),
  GatherND: (node) =>
    node.emit("GatherND", [node.input(0), node.input(1)], { batchDims: node.int("batch_dims", 0) }),
  Scatter: scatterElements,
  ScatterElements: scatterElements,
  ScatterND: (node) =>
    node.emit("ScatterND", [node.input(0), node.input(1), node.input(2)], {
      reduction: reduction(node),
    }),
  OneHot: oneHot,
  Compress: compress,
  TopK: topK,
  CumSum: cumSum,
};
