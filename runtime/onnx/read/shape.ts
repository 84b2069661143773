import { sizeOf, type DType, type Shape } from "../../tensor/tensor.ts";
import type { NodeReader } from "../node-reader.ts";
import { known, type Operand } from "../operand.ts";
import { dtypeOfCode } from "../proto/dtype-codes.ts";
import { numbersOf, tensorOf } from "../proto/numbers.ts";
import { checkSize } from "../proto/size.ts";
import { indicesOf } from "../fold/host-tensor.ts";
import type { ReadTable } from "./row.ts";

const int64s = (values: readonly number[], shape: Shape = [values.length]) =>
  known(tensorOf("int64", shape, values));

/** Larger fills are written as Expand of one element, larger sequences are refused. */
const mostFilled = 2 ** 12;
const longestRange = 2 ** 24;

/** All elements of one value. */
export function filled(node: NodeReader, dtype: DType, shape: Shape, value: number): Operand {
  checkSize(shape, `A result of ${node.opType}`);
  if (sizeOf(shape) <= mostFilled)
    return known(tensorOf(dtype, shape, new Array<number>(sizeOf(shape)).fill(value)));
  return node.emit("Expand", [node.scalar(value, { dtype })], { shape });
}

function constant(node: NodeReader): Operand {
  const tensor = node.tensor("value") ?? node.tensor("sparse_value");
  if (tensor !== null) return known(tensor);
  const float = (values: readonly number[], shape: Shape) =>
    known(tensorOf("float32", shape, values));
  if (node.has("value_float")) return float([node.float("value_float", 0)], []);
  if (node.has("value_int")) return int64s([node.int("value_int", 0)], []);
  const floats = node.floats("value_floats");
  if (floats !== null) return float(floats, [floats.length]);
  const ints = node.ints("value_ints");
  if (ints !== null) return int64s(ints);
  return node.refuse(
    "it holds text, which programs cannot hold",
    "Remove the text from the model.",
  );
}

function constantOfShape(node: NodeReader): Operand {
  const value = node.tensor("value");
  const [fill = 0] =
    value === null ? [0] : (numbersOf(value) ?? node.refuse("its value is too large"));
  return filled(node, value?.dtype ?? "float32", node.knownNumbers(0) ?? [], fill);
}

function range(node: NodeReader): Operand {
  const [start = 0] = node.knownNumbers(0) ?? [];
  const [limit = 0] = node.knownNumbers(1) ?? [];
  const [delta = 1] = node.knownNumbers(2) ?? [];
  const length = Math.max(0, Math.ceil((limit - start) / delta));
  if (!(length <= longestRange))
    return node.refuse(`it would make ${length} elements, more than ${longestRange}`);
  const values = Array.from({ length }, (_, i) => start + i * delta);
  return known(tensorOf(node.input(0).dtype, [length], values));
}

function nonZero(node: NodeReader): Operand {
  const values = node.knownNumbers(0) ?? [];
  const { shape } = node.input(0);
  const found = [...indicesOf(shape)].filter((_, flat) => values[flat] !== 0);
  return int64s(
    shape.flatMap((_, axis) => found.map((index) => index[axis] ?? 0)),
    [shape.length, found.length],
  );
}

function eyeLike(node: NodeReader): Operand {
  const { shape, dtype } = node.input(0);
  const [rows = 0, columns = 0] = shape;
  const k = node.int("k", 0);
  checkSize(shape, "A result of EyeLike");
  if (rows * columns > longestRange) return node.refuse("its matrix is too large");
  const values = Array.from({ length: rows * columns }, (_, i) =>
    i % columns === Math.floor(i / columns) + k ? 1 : 0,
  );
  const to = node.has("dtype") ? dtypeOfCode(node.int("dtype", 0)) : dtype;
  return known(
    tensorOf(to ?? node.refuse("its element type is one that programs cannot hold"), shape, values),
  );
}

/** Where the tensors of shape arithmetic come from. Their contents are known from here on. */
export const shape: ReadTable = {
  Constant: constant,
  ConstantOfShape: constantOfShape,
  Shape: (node) => {
    const { shape } = node.input(0);
    const end = node.has("end") ? node.int("end", 0) : shape.length;
    return int64s(shape.slice(node.int("start", 0), end));
  },
  Size: (node) => int64s([sizeOf(node.input(0).shape)], []),
  Range: range,
  NonZero: nonZero,
  EyeLike: eyeLike,
};
