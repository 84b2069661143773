import type { Inputs, OpName, Params, Value } from "../ir/primitives.ts";
import type { Emit } from "../ir/program.ts";
import {
  broadcastShapes,
  formatShape,
  sameShape,
  type DType,
  type Shape,
  type TensorType,
} from "../tensor/tensor.ts";
import type { Backward, Rule, RuleTable } from "./rule.ts";
import { sumTo } from "./write.ts";

/** The rows of one family; the table joins the families and is total. */
export type Family<N extends OpName> = Pick<RuleTable, N>;

const floats: readonly DType[] = ["float32", "float64", "float16"];
export const isFloat = ({ dtype }: { readonly dtype: DType }) => floats.includes(dtype);

/** Why a row has no gradient. */
export const stops = {
  integer: { stops: "integer" },
  constant: { stops: "it is piecewise constant" },
} as const;

export function demand(holds: boolean, op: OpName, sentence: string): asserts holds {
  if (!holds) throw new RangeError(`${op}: ${sentence}`);
}

export function demandAxis(op: OpName, axis: number, rank: number): void {
  demand(
    Number.isInteger(axis) && axis >= 0 && axis < rank,
    op,
    `axis ${axis} is outside a tensor of rank ${rank}`,
  );
}

export function demandSameType(op: OpName, types: readonly TensorType[]): TensorType {
  const [first] = types;
  demand(first !== undefined, op, "at least one input is needed");
  const other = types.find(({ dtype }) => dtype !== first.dtype);
  demand(
    other === undefined,
    op,
    `the inputs must have one element type, got ${first.dtype} and ${other?.dtype}`,
  );
  return first;
}

/** NumPy's rule, with the operator's name in front of what is wrong. */
export function broadcast(op: OpName, shapes: readonly Shape[]): Shape {
  return shapes.reduce((a, b) => {
    if (sameShape(a, b)) return a;
    const fits = Array.from({ length: Math.min(a.length, b.length) }, (_, i) => [
      a.at(-1 - i),
      b.at(-1 - i),
    ]);
    const wrong = fits.findIndex(([p, q]) => p !== q && p !== 1 && q !== 1);
    demand(
      wrong < 0,
      op,
      `shapes ${formatShape(a)} and ${formatShape(b)} differ on axis ${-1 - wrong} (${fits[wrong]?.join(" vs ")}); one of them must be 1`,
    );
    return broadcastShapes(a, b);
  });
}

interface Point<N extends OpName> {
  readonly g: Value;
  readonly x: Value;
  readonly y: Value;
  readonly params: Params<N>;
}

/** A row of one float input and one output of the same type, by its gradient. */
export function unary<N extends OpName>(
  op: N,
  gradient: (emit: Emit, at: Point<N>) => Value,
  onnx?: NonNullable<Rule<N>["onnx"]>,
): Rule<N> {
  return {
    infer: (inputs) => [firstType(op, inputs)],
    broadcasts: true,
    vjp: (emit, at) => {
      const [g, x, y] = [at.cotangents[0], at.inputs[0], at.outputs[0]];
      return [g && x && y ? gradient(emit, { g, x, y, params: at.params }) : null];
    },
    ...(onnx === undefined ? {} : { onnx }),
  };
}

export function firstType<N extends OpName>(
  op: N,
  inputs: readonly (TensorType | null)[],
): TensorType {
  const type = inputs[0];
  demand(type !== null && type !== undefined, op, "its first input is missing");
  return { dtype: type.dtype, shape: type.shape };
}

type BinaryName = {
  [N in OpName]: Inputs<N> extends readonly [Value, Value] ? N : never;
}[OpName];

interface Pair<N extends OpName> {
  readonly g: Value;
  readonly a: Value;
  readonly b: Value;
  readonly y: Value;
  readonly params: Params<N>;
  /** Sums what has the output's shape over the axes along which this input was stretched. */
  readonly sum: (value: Value) => Value;
}

/** A row of two broadcast inputs, by the gradient of each. */
export function binary<N extends BinaryName>(
  op: N,
  first: (emit: Emit, at: Pair<N>) => Value,
  second: (emit: Emit, at: Pair<N>) => Value,
  onnx?: NonNullable<Rule<N>["onnx"]>,
): Rule<N> {
  return {
    infer: (inputs) => [inferBinary(op, inputs)],
    broadcasts: true,
    vjp: (emit, at) => {
      const [a, b] = pairOf<N>(at);
      const [g, y] = [at.cotangents[0], at.outputs[0]];
      if (!g || !y) return [null, null];
      const point = { g, a, b, y, params: at.params };
      const sumFor = (input: Value) => (value: Value) =>
        sameShape(input.shape, y.shape) ? value : sumTo(emit, value, input.shape);
      return [
        at.wanted[0] ? first(emit, { ...point, sum: sumFor(a) }) : null,
        at.wanted[1] ? second(emit, { ...point, sum: sumFor(b) }) : null,
      ];
    },
    ...(onnx === undefined ? {} : { onnx }),
  };
}

function pairOf<N extends BinaryName>({ inputs }: Backward<N>): readonly [Value, Value] {
  const [a, b] = inputs;
  if (!a || !b) throw new Error("internal: a binary equation has two inputs");
  return [a, b];
}

export function inferBinary(
  op: OpName,
  inputs: readonly (TensorType | null)[],
  dtype?: DType,
): TensorType {
  const types = inputs.filter((type) => type !== null);
  const { dtype: element } = demandSameType(op, types);
  return {
    dtype: dtype ?? element,
    shape: broadcast(
      op,
      types.map(({ shape }) => shape),
    ),
  };
}

/** A comparison or a logical operator: broadcast, boolean, without gradient. */
export function predicate<N extends OpName>(op: N): Rule<N> {
  return { infer: (inputs) => [inferBinary(op, inputs, "bool")], vjp: stops.integer };
}
