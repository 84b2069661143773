import { broadcastShapes, type DType } from "../../tensor/tensor.ts";
import { roundHalfEven } from "../proto/float16.ts";
import {
  broadcastIndex,
  flatten,
  indicesOf,
  type FoldTable,
  type HostTensor,
  type Pending,
} from "./host-tensor.ts";

type Inputs = readonly (HostTensor | null)[];

/** `compute` of the broadcast elements; null where an input is missing or shapes do not fit. */
function map(
  inputs: Inputs,
  compute: (...args: readonly number[]) => number,
  dtype?: DType,
): readonly Pending[] | null {
  const given = inputs.filter((input) => input !== null);
  const shape = broadcastAll(given);
  const [first] = given;
  if (shape === null || first === undefined) return null;
  const at = (index: readonly number[]) =>
    given.map(({ values, shape }) => values[flatten(broadcastIndex(index, shape), shape)] ?? 0);
  const values = () => Array.from(indicesOf(shape), (index) => compute(...at(index)));
  return [{ dtype: dtype ?? first.dtype, shape, values }];
}

function broadcastAll(inputs: readonly HostTensor[]): readonly number[] | null {
  try {
    return inputs.reduce<readonly number[]>(
      (shape, input) => broadcastShapes(shape, input.shape),
      [],
    );
  } catch (error) {
    // Shapes that do not fit are reported by the row's own inference.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const unary = (compute: (a: number) => number) => (inputs: Inputs) =>
  map(inputs, (a = 0) => compute(a));
const binary = (compute: (a: number, b: number) => number) => (inputs: Inputs) =>
  map(inputs, (a = 0, b = 0) => compute(a, b));
const test = (holds: (a: number, b: number) => boolean) => (inputs: Inputs) =>
  map(inputs, (a = 0, b = 0) => (holds(a, b) ? 1 : 0), "bool");

const isInteger = (dtype: DType | undefined) => dtype !== undefined && !dtype.startsWith("float");

/** A quotient that integers truncate; an integer divided by zero is left to the backend. */
function divide(inputs: Inputs): readonly Pending[] | null {
  const [a, b] = inputs;
  if (!isInteger(a?.dtype)) return map(inputs, (a = 0, b = 0) => a / b);
  return b?.values.includes(0) ? null : map(inputs, (a = 0, b = 1) => Math.trunc(a / b));
}

function cast([input]: Inputs, to: DType): readonly Pending[] | null {
  if (input === null || input === undefined) return null;
  const truncates = isInteger(to) && to !== "bool";
  if (truncates && input.values.some((v) => Number.isNaN(v) || Math.abs(v) > 2 ** 63)) return null;
  return map([input], (a = 0) => (truncates ? Math.trunc(a) : a), to);
}

/** Elementwise rows on plain numbers. */
export const elementwiseFolds: FoldTable = {
  Neg: unary((a) => -a),
  Abs: unary(Math.abs),
  Sign: unary(Math.sign),
  Floor: unary(Math.floor),
  Ceil: unary(Math.ceil),
  Round: unary(roundHalfEven),
  Sqrt: unary(Math.sqrt),
  Exp: unary(Math.exp),
  Log: unary(Math.log),
  Reciprocal: unary((a) => 1 / a),
  Identity: unary((a) => a),
  Not: unary((a) => 1 - a),
  Cast: (inputs, { to }) => cast(inputs, to),
  Add: binary((a, b) => a + b),
  Sub: binary((a, b) => a - b),
  Mul: binary((a, b) => a * b),
  Div: divide,
  Pow: binary((a, b) => a ** b),
  Min: binary(Math.min),
  Max: binary(Math.max),
  Mod: (inputs, { fmod }) => {
    if (isInteger(inputs[1]?.dtype) && inputs[1]?.values.includes(0)) return null;
    // Without fmod the sign is the divisor's.
    return map(inputs, (a = 0, b = 1) => (fmod ? a % b : a - b * Math.floor(a / b)));
  },
  Equal: test((a, b) => a === b),
  Greater: test((a, b) => a > b),
  Less: test((a, b) => a < b),
  GreaterOrEqual: test((a, b) => a >= b),
  LessOrEqual: test((a, b) => a <= b),
  And: test((a, b) => a !== 0 && b !== 0),
  Or: test((a, b) => a !== 0 || b !== 0),
  Xor: test((a, b) => a !== b),
  Where: (inputs) =>
    map(inputs, (c = 0, a = 0, b = 0) => (c === 0 ? b : a), inputs[1]?.dtype ?? "float32"),
  Clip: ([x, low, high]) => {
    if (x === null || x === undefined) return null;
    const least = low?.values[0] ?? -Infinity;
    const most = high?.values[0] ?? Infinity;
    return map([x], (a = 0) => Math.min(Math.max(a, least), most));
  },
};
