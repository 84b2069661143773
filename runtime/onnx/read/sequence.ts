import type { NodeReader } from "../node-reader.ts";
import { known, type Operand, type Sequence } from "../operand.ts";
import { tensorOf } from "../proto/numbers.ts";
import { unsqueezed } from "./movement.ts";
import { axisOf, type ReadTable } from "./row.ts";

/** Lengths of the pieces of an axis: as listed, or `stated` each with a shorter last one; 1 each when not stated. */
function pieceSizes(node: NodeReader, length: number): readonly number[] {
  const stated = node.knownNumbers(1);
  if (stated !== null && node.input(1).shape.length > 0) return stated;
  const [each = 1] = stated ?? [];
  if (!(each > 0)) return node.refuse(`it splits into pieces of ${each}`);
  return Array.from({ length: Math.ceil(length / each) }, (_, i) =>
    Math.min(each, length - i * each),
  );
}

function splitToSequence(node: NodeReader): Sequence {
  const x = node.input(0);
  const axis = axisOf(node, node.int("axis", 0), x.shape.length);
  const sizes = pieceSizes(node, x.shape[axis] ?? 0);
  const pieces = sizes.length === 1 ? [x] : node.emitAll("Split", [x], { axis, sizes });
  const drops = node.optional(1) === null && node.int("keepdims", 1) === 0;
  return {
    items: drops ? pieces.map((piece) => node.reshape(piece, x.shape.toSpliced(axis, 1))) : pieces,
  };
}

/** Input `index` as a place among `count`, negative ones counted from the end. */
function placeAmong(node: NodeReader, index: number, count: number): number {
  const [stated = 0] = node.knownNumbers(index) ?? [];
  const place = stated < 0 ? stated + count : stated;
  return place >= 0 && place < count
    ? place
    : node.refuse(`place ${stated} does not exist in a list of ${count}`);
}

function itemAt(node: NodeReader): Operand {
  const items = node.items(0);
  return items[placeAmong(node, 1, items.length)] ?? node.refuse("its list is empty");
}

function inserted(node: NodeReader): Sequence {
  const items = node.items(0);
  const at = node.optional(2) === null ? items.length : placeAmong(node, 2, items.length + 1);
  return { items: items.toSpliced(at, 0, node.input(1)) };
}

function erased(node: NodeReader): Sequence {
  const items = node.items(0);
  const at = node.optional(1) === null ? items.length - 1 : placeAmong(node, 1, items.length);
  return { items: items.toSpliced(at, 1) };
}

function concatenated(node: NodeReader): Operand {
  const items = node.items(0);
  const [first = node.refuse("its list is empty")] = items;
  const stacks = node.int("new_axis", 0) !== 0;
  const axis = axisOf(node, node.int("axis", 0), first.shape.length + (stacks ? 1 : 0));
  const parts = stacks ? items.map((item) => unsqueezed(node, item, [axis])) : items;
  return parts.length === 1 ? (parts[0] ?? first) : node.emit("Concat", parts, { axis });
}

/** Lists of tensors, whose lengths and places are known from here on. */
export const sequence: ReadTable = {
  SplitToSequence: splitToSequence,
  SequenceConstruct: (node) => ({ items: node.all() }),
  SequenceEmpty: () => ({ items: [] }),
  SequenceAt: itemAt,
  SequenceInsert: inserted,
  SequenceErase: erased,
  SequenceLength: (node) => known(tensorOf("int64", [], [node.items(0).length])),
  ConcatFromSequence: concatenated,
};
