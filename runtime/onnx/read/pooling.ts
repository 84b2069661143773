import { sizeOf } from "../../tensor/tensor.ts";
import type { NodeReader } from "../node-reader.ts";
import type { Operand } from "../operand.ts";
import { arithmetic } from "./activation.ts";
import type { ReadRow, ReadTable } from "./row.ts";
import { windowOf } from "./window.ts";

function poolOf(node: NodeReader) {
  const x = node.input(0);
  const kernel = node.ints("kernel_shape") ?? node.refuse("it lacks its kernel_shape");
  const window = windowOf(node, x.shape.slice(2), kernel);
  return { ...window, kernel, ceilMode: node.int("ceil_mode", 0) !== 0 };
}

function averagePool(node: NodeReader): Operand {
  const countIncludePad = node.int("count_include_pad", 0) !== 0;
  return node.emit("AveragePool", [node.input(0)], { ...poolOf(node), countIncludePad });
}

function maxPool(node: NodeReader): Operand {
  if (node.wants(1))
    return node.refuse(
      "the places of its maxima are read",
      "Export the model without max-unpooling.",
    );
  return node.emit("MaxPool", [node.input(0)], poolOf(node));
}

/** The mean of |x|^p over the window, times its size, to the power 1/p. */
function lpPool(node: NodeReader): Operand {
  const { abs, pow, mul } = arithmetic(node);
  const p = node.int("p", 2);
  const pool = poolOf(node);
  const mean = node.emit("AveragePool", [pow(abs(node.input(0)), p)], {
    ...pool,
    countIncludePad: true,
  });
  return pow(mul(mean, sizeOf(pool.kernel)), 1 / p);
}

const spatialAxes = (x: Operand) => x.shape.map((_, axis) => axis).slice(2);

const global =
  (op: "ReduceMean" | "ReduceMax"): ReadRow =>
  (node) => {
    const x = node.input(0);
    return node.emit(op, [x], { axes: spatialAxes(x), keepdims: true });
  };

function globalLpPool(node: NodeReader): Operand {
  const x = node.input(0);
  const { abs, pow } = arithmetic(node);
  const p = node.int("p", 2);
  const over = { axes: spatialAxes(x), keepdims: true };
  if (p === 2) return node.emit("ReduceL2", [x], over);
  return pow(node.emit("ReduceSum", [pow(abs(x), p)], over), 1 / p);
}

/** x / (bias + alpha/size * sum of squares over `size` neighbouring channels)^beta. */
function localResponse(node: NodeReader): Operand {
  const x = node.input(0);
  const { mul, add, div, pow } = arithmetic(node);
  const size = node.int("size", 1);
  const [batch = 1, channels = 1] = x.shape;
  const squares = node.reshape(mul(x, x), [batch, 1, channels, sizeOf(x.shape.slice(2))]);
  const before = Math.floor((size - 1) / 2);
  const mean = node.emit("AveragePool", [squares], {
    kernel: [size, 1],
    strides: [1, 1],
    dilations: [1, 1],
    pads: [before, 0, size - 1 - before, 0],
    countIncludePad: true,
    ceilMode: false,
  });
  const base = add(
    mul(node.reshape(mean, x.shape), node.float("alpha", 1e-4)),
    node.float("bias", 1),
  );
  return div(x, pow(base, node.float("beta", 0.75)));
}

/** Operators that look through a sliding window. */
export const pooling: ReadTable = {
  AveragePool: averagePool,
  MaxPool: maxPool,
  LpPool: lpPool,
  GlobalAveragePool: global("ReduceMean"),
  GlobalMaxPool: global("ReduceMax"),
  GlobalLpPool: globalLpPool,
  LRN: localResponse,
};
