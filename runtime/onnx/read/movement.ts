import { broadcastShapes, sizeOf, type Shape } from "../../tensor/tensor.ts";
import { sliceLength } from "../fold/movement.ts";
import type { NodeReader } from "../node-reader.ts";
import type { Operand } from "../operand.ts";
import { axesOf, axisOf, type ReadTable } from "./row.ts";

/** The target of a Reshape: 0 copies an axis (unless `allowZero`), one -1 is what remains. */
function reshapeTarget(node: NodeReader): Shape {
  const { shape } = node.input(0);
  const wanted = node.knownNumbers(1) ?? node.ints("shape") ?? node.refuse("it lacks its shape");
  const copies = node.int("allowzero", 0) === 0;
  const dims = wanted.map((d, axis) => (d === 0 && copies ? (shape[axis] ?? 0) : d));
  const open = dims.indexOf(-1);
  if (open < 0) return dims;
  const rest = sizeOf(dims.toSpliced(open, 1));
  const length = rest === 0 ? 0 : sizeOf(shape) / rest;
  if (!Number.isInteger(length))
    node.refuse(
      `[${wanted.join(",")}] does not divide the shape [${shape.join(",")}]`,
      "Give input sizes that the model allows.",
    );
  return dims.with(open, length);
}

function squeeze(node: NodeReader): Operand {
  const x = node.input(0);
  const rank = x.shape.length;
  const axes = axesOf(node, 1, 13)?.map((axis) => axisOf(node, axis, rank));
  const long = axes?.find((axis) => x.shape[axis] !== 1);
  if (long !== undefined) node.refuse(`axis ${long} of [${x.shape.join(",")}] is not 1 long`);
  return node.reshape(
    x,
    x.shape.filter((d, axis) => (axes === undefined ? d !== 1 : !axes.includes(axis))),
  );
}

function unsqueeze(node: NodeReader): Operand {
  const x = node.input(0);
  const axes = axesOf(node, 1, 13) ?? node.refuse("it lacks its axes");
  return unsqueezed(node, x, axes);
}

/** `x` with axes of length 1 at `axes` of the result. */
export function unsqueezed(node: NodeReader, x: Operand, axes: readonly number[]): Operand {
  const rank = x.shape.length + axes.length;
  const places = new Set(axes.map((axis) => axisOf(node, axis, rank)));
  const dims = [...x.shape];
  return node.reshape(
    x,
    Array.from({ length: rank }, (_, axis) => (places.has(axis) ? 1 : (dims.shift() ?? 1))),
  );
}

function flattened(node: NodeReader): Operand {
  const x = node.input(0);
  const axis = node.int("axis", 1);
  const at = axis < 0 ? axis + x.shape.length : axis;
  return node.reshape(x, [sizeOf(x.shape.slice(0, at)), sizeOf(x.shape.slice(at))]);
}

export function transposed(node: NodeReader, x: Operand, perm: readonly number[]): Operand {
  return perm.every((p, axis) => p === axis) ? x : node.emit("Transpose", [x], { perm });
}

/** `x` broadcast with `shape`, in both directions as ONNX Expand does. */
export function expanded(node: NodeReader, x: Operand, shape: Shape): Operand {
  const target = broadcastShapes(x.shape, shape);
  if (target.every((d, i) => d === x.shape[i]) && target.length === x.shape.length) return x;
  return node.emit("Expand", [x], { shape: target });
}

interface Cut {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** Start and end as ONNX clamps them to an axis of `length`; with a negative step the end may be -1: past the first. */
function clampCut({ start, end, step }: Cut, length: number): Cut {
  const from = start < 0 ? start + length : start;
  const to = end < 0 ? end + length : end;
  const clamp = (at: number, least: number, most: number) => Math.min(Math.max(at, least), most);
  return step > 0
    ? { start: clamp(from, 0, length), end: clamp(to, 0, length), step }
    : { start: clamp(from, 0, Math.max(0, length - 1)), end: clamp(to, -1, length - 1), step };
}

function slice(node: NodeReader): Operand {
  const x = node.input(0);
  const old = node.opset < 10;
  const starts =
    (old ? node.ints("starts") : node.knownNumbers(1)) ?? node.refuse("it lacks its starts");
  const ends = (old ? node.ints("ends") : node.knownNumbers(2)) ?? node.refuse("it lacks its ends");
  const axes = (old ? node.ints("axes") : node.knownNumbers(3)) ?? starts.map((_, i) => i);
  const steps = (old ? null : node.knownNumbers(4)) ?? starts.map(() => 1);
  const cuts: Cut[] = x.shape.map((d) => ({ start: 0, end: d, step: 1 }));
  axes.forEach((axis, i) => {
    const at = axisOf(node, axis, x.shape.length);
    const cut = { start: starts[i] ?? 0, end: ends[i] ?? 0, step: steps[i] ?? 1 };
    if (cut.step === 0) node.refuse("its step is 0");
    cuts[at] = clampCut(cut, x.shape[at] ?? 0);
  });
  return sliced(node, x, cuts);
}

/** Clamped cuts, one an axis; `x` itself when nothing is cut. */
function sliced(node: NodeReader, x: Operand, cuts: readonly Cut[]): Operand {
  if (
    cuts.every(({ start, end, step }, axis) => step === 1 && start === 0 && end === x.shape[axis])
  )
    return x;
  // An empty result has one spelling, whatever start and end were.
  const tidy = cuts.map((cut) =>
    sliceLength(cut.start, cut.end, cut.step) === 0 ? { start: 0, end: 0, step: 1 } : cut,
  );
  return node.emit("Slice", [x], {
    starts: tidy.map(({ start }) => start),
    ends: tidy.map(({ end }) => end),
    steps: tidy.map(({ step }) => step),
  });
}

function split(node: NodeReader): readonly Operand[] {
  const x = node.input(0);
  const axis = axisOf(node, node.int("axis", 0), x.shape.length);
  const length = x.shape[axis] ?? 0;
  const stated = node.opset < 13 ? node.ints("split") : node.knownNumbers(1);
  if (stated !== null) return node.emitAll("Split", [x], { axis, sizes: stated });
  const count = node.int("num_outputs", node.outputCount);
  const each = Math.ceil(length / count);
  const sizes = Array.from({ length: count }, (_, i) =>
    Math.max(0, Math.min(each, length - i * each)),
  );
  return count === 1 ? [x] : node.emitAll("Split", [x], { axis, sizes });
}

function concat(node: NodeReader): Operand {
  const all = node.all();
  if (all.length === 1) return node.input(0);
  return node.emit("Concat", all, {
    axis: axisOf(node, node.int("axis", 0), node.input(0).shape.length),
  });
}

function tile(node: NodeReader): Operand {
  const repeats = node.knownNumbers(1) ?? node.refuse("it lacks its repeats");
  return repeats.every((n) => n === 1)
    ? node.input(0)
    : node.emit("Tile", [node.input(0)], { repeats });
}

/** Operators that only move, copy or rename elements. */
export const movement: ReadTable = {
  Reshape: (node) => node.reshape(node.input(0), reshapeTarget(node)),
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Flatten: flattened,
  Transpose: (node) => {
    const x = node.input(0);
    return transposed(node, x, node.ints("perm") ?? x.shape.map((_, axis) => axis).toReversed());
  },
  Expand: (node) => expanded(node, node.input(0), node.knownNumbers(1) ?? []),
  Slice: slice,
  Split: split,
  Concat: concat,
  Tile: tile,
  DepthToSpace: (node) =>
    node.emit("DepthToSpace", [node.input(0)], {
      blocksize: node.int("blocksize", 1),
      mode: node.text("mode", "DCR") === "CRD" ? "CRD" : "DCR",
    }),
  SpaceToDepth: (node) =>
    node.emit("SpaceToDepth", [node.input(0)], { blocksize: node.int("blocksize", 1) }),
  Trilu: (node) =>
    node.emit("Trilu", [node.input(0)], {
      upper: node.int("upper", 1) !== 0,
      k: node.knownNumbers(1)?.[0] ?? 0,
    }),
};
