import { sizeOf, type DType } from "../../tensor/tensor.ts";
import type { NodeReader } from "../node-reader.ts";
import type { Operand } from "../operand.ts";
import { arithmetic } from "./activation.ts";
import { countAlong } from "./indexing.ts";
import { axisOf, type ReadRow, type ReadTable } from "./row.ts";
import { filled } from "./shape.ts";

/** Before opset 13 the axes from `axis` on were one axis: they are flattened around the row. */
function softmaxLike(write: (node: NodeReader, x: Operand, axis: number) => Operand): ReadRow {
  return (node) => {
    const x = node.input(0);
    const rank = x.shape.length;
    const old = node.opset < 13;
    const axis = axisOf(node, node.int("axis", old ? 1 : -1), rank);
    if (!old || axis === rank - 1) return write(node, x, axis);
    const flat = node.reshape(x, [sizeOf(x.shape.slice(0, axis)), sizeOf(x.shape.slice(axis))]);
    return node.reshape(write(node, flat, 1), x.shape);
  };
}

/** One at the first largest element, zero elsewhere. */
function hardmax(node: NodeReader, x: Operand, axis: number): Operand {
  const at = node.emit("ArgMax", [x], { axis, keepdims: true, selectLastIndex: false });
  const count = countAlong(x.shape[axis] ?? 1, axis, x.shape.length);
  return node.cast(node.emit("Equal", [at, count], {}), x.dtype);
}

/** A per-channel vector as it multiplies [N, C, …]. */
function perChannel(node: NodeReader, x: Operand, vector: Operand): Operand {
  return node.reshape(
    vector,
    x.shape.slice(1).map((d, i) => (i === 0 ? d : 1)),
  );
}

/** Groups become channels of an InstanceNormalization; scale and bias follow as Mul and Add. */
function groupNormalization(node: NodeReader): Operand {
  const x = node.input(0);
  const { mul, add } = arithmetic(node);
  const [batch = 1, channels = 1] = x.shape;
  const groups = node.int("num_groups", 1);
  const flat = node.reshape(x, [batch, groups, sizeOf(x.shape) / (batch * groups)]);
  const ones = filled(node, x.dtype, [groups], 1);
  const zeros = filled(node, x.dtype, [groups], 0);
  const epsilon = node.float("epsilon", 1e-5);
  const normal = node.reshape(
    node.emit("InstanceNormalization", [flat, ones, zeros], { epsilon }),
    x.shape,
  );
  const vector = (index: number) =>
    perChannel(node, x, ofChannels(node, node.input(index), groups, channels));
  return add(mul(normal, vector(1)), vector(2));
}

/** Opset 18 gave one number a group, 21 one a channel. */
function ofChannels(node: NodeReader, vector: Operand, groups: number, channels: number): Operand {
  if (sizeOf(vector.shape) === channels) return vector;
  const column = node.reshape(vector, [groups, 1]);
  return node.reshape(node.emit("Expand", [column], { shape: [groups, channels / groups] }), [
    channels,
  ]);
}

function layerNormalization(node: NodeReader): readonly (Operand | null)[] {
  const x = node.input(0);
  const axis = axisOf(node, node.int("axis", -1), x.shape.length);
  const epsilon = node.float("epsilon", 1e-5);
  const y = node.emit("LayerNormalization", [x, node.input(1), node.optional(2)], {
    axis,
    epsilon,
  });
  if (!node.wants(1) && !node.wants(2)) return [y];
  const { sub, mul, add, sqrt, reciprocal } = arithmetic(node);
  const over = { axes: x.shape.map((_, i) => i).slice(axis), keepdims: true };
  const mean = node.emit("ReduceMean", [x], over);
  const centred = sub(x, mean);
  const variance = node.emit("ReduceMean", [mul(centred, centred)], over);
  return [y, mean, reciprocal(sqrt(add(variance, epsilon)))];
}

/** y = x / sqrt(mean(x^2) + epsilon) * scale, over the axes from `axis` on; computed in `stash` precision. */
function rmsNormalization(node: NodeReader): readonly Operand[] {
  const x = node.input(0);
  const { mul, add, sqrt, reciprocal } = arithmetic(node);
  const axis = axisOf(node, node.int("axis", -1), x.shape.length);
  const stash: DType =
    x.dtype === "float16" && node.int("stash_type", 1) === 1 ? "float32" : x.dtype;
  const wide = node.cast(x, stash);
  const over = { axes: x.shape.map((_, i) => i).slice(axis), keepdims: true };
  const mean = node.emit("ReduceMean", [mul(wide, wide)], over);
  const inverse = reciprocal(sqrt(add(mean, node.float("epsilon", 1e-5))));
  return [mul(node.cast(mul(wide, inverse), x.dtype), node.input(1)), inverse];
}

function batchNormalization(node: NodeReader): Operand {
  if (node.int("training_mode", 0) !== 0)
    return node.refuse(
      "it computes statistics of the batch, as in training",
      "Call model.eval() before the export.",
    );
  if ([1, 2, 3, 4].some((output) => node.wants(output)))
    return node.refuse("its training outputs are read", "Call model.eval() before the export.");
  const inputs = [
    node.input(0),
    node.input(1),
    node.input(2),
    node.input(3),
    node.input(4),
  ] as const;
  return node.emit("BatchNormalization", inputs, { epsilon: node.float("epsilon", 1e-5) });
}

function dropout(node: NodeReader): readonly (Operand | null)[] {
  const x = node.input(0);
  const training = node.opset >= 12 && (node.knownNumbers(2)?.[0] ?? 0) !== 0;
  const [ratio = 0.5] = training ? (node.knownNumbers(1) ?? []) : [0];
  if (ratio !== 0)
    return node.refuse(
      "it drops elements at random, as in training",
      "Call model.eval() before the export.",
    );
  return [x, node.wants(1) ? filled(node, node.opset < 10 ? x.dtype : "bool", x.shape, 1) : null];
}

function lpNormalization(node: NodeReader): Operand {
  const x = node.input(0);
  const axes = [axisOf(node, node.int("axis", -1), x.shape.length)];
  const norm = node.int("p", 2) === 1 ? "ReduceL1" : "ReduceL2";
  const length = node.emit(norm, [x], { axes, keepdims: true });
  return arithmetic(node).div(x, length);
}

function meanVariance(node: NodeReader): Operand {
  const x = node.input(0);
  const { sub, mul, div, add, sqrt } = arithmetic(node);
  const axes = (node.ints("axes") ?? [0, 2, 3]).map((axis) => axisOf(node, axis, x.shape.length));
  const centred = sub(x, node.emit("ReduceMean", [x], { axes, keepdims: true }));
  const variance = node.emit("ReduceMean", [mul(centred, centred)], { axes, keepdims: true });
  return div(centred, add(sqrt(variance), 1e-9));
}

/** Operators that bring activations to a common scale. */
export const normalisation: ReadTable = {
  Softmax: softmaxLike((node, x, axis) => node.emit("Softmax", [x], { axis })),
  LogSoftmax: softmaxLike((node, x, axis) => node.emit("LogSoftmax", [x], { axis })),
  Hardmax: softmaxLike(hardmax),
  InstanceNormalization: (node) =>
    node.emit("InstanceNormalization", [node.input(0), node.input(1), node.input(2)], {
      epsilon: node.float("epsilon", 1e-5),
    }),
  GroupNormalization: groupNormalization,
  LayerNormalization: layerNormalization,
  RMSNormalization: rmsNormalization,
  SimplifiedLayerNormalization: rmsNormalization,
  BatchNormalization: batchNormalization,
  LpNormalization: lpNormalization,
  MeanVarianceNormalization: meanVariance,
  Dropout: dropout,
};
