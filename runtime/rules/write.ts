import type { Value } from "../ir/primitives.ts";
import type { Emit } from "../ir/program.ts";
import { sameShape, type DType, type Shape } from "../tensor/tensor.ts";
import { literal } from "./literal.ts";

// Short spellings over `Emit`, shared by gradient rules and node builders. Each writes nothing
// where the answer is its argument. Axes may be negative.

/** Empty params. */
export const none = {} as const;

export const add = (emit: Emit, a: Value, b: Value) => emit.op("Add", [a, b], none);
export const sub = (emit: Emit, a: Value, b: Value) => emit.op("Sub", [a, b], none);
export const mul = (emit: Emit, a: Value, b: Value) => emit.op("Mul", [a, b], none);
export const div = (emit: Emit, a: Value, b: Value) => emit.op("Div", [a, b], none);
export const neg = (emit: Emit, a: Value) => emit.op("Neg", [a], none);
export const exp = (emit: Emit, a: Value) => emit.op("Exp", [a], none);
export const square = (emit: Emit, a: Value) => mul(emit, a, a);
export const matMul = (emit: Emit, a: Value, b: Value) => emit.op("MatMul", [a, b], none);
export const greater = (emit: Emit, a: Value, b: Value) => emit.op("Greater", [a, b], none);
export const less = (emit: Emit, a: Value, b: Value) => emit.op("Less", [a, b], none);
export const equal = (emit: Emit, a: Value, b: Value) => emit.op("Equal", [a, b], none);
export const where = (emit: Emit, condition: Value, a: Value, b: Value) =>
  emit.op("Where", [condition, a, b], none);

/** A rank-0 constant of the element type of `like`. */
export function number(emit: Emit, like: { readonly dtype: DType }, value: number): Value {
  return emit.constant(literal(like.dtype, [value], []));
}

/** A constant of the element type of `like`. */
export function constantLike(
  emit: Emit,
  like: { readonly dtype: DType },
  values: readonly number[],
  shape: Shape,
): Value {
  return emit.constant(literal(like.dtype, values, shape));
}

/** `value` everywhere; stored once, whatever the size. */
export function full(emit: Emit, dtype: DType, shape: Shape, value: number): Value {
  return expand(emit, number(emit, { dtype }, value), shape);
}

export const zeros = (emit: Emit, like: { readonly dtype: DType }, shape: Shape) =>
  full(emit, like.dtype, shape, 0);

export function scale(emit: Emit, a: Value, factor: number): Value {
  if (factor === 1) return a;
  return factor === -1 ? neg(emit, a) : mul(emit, a, number(emit, a, factor));
}

export function addNumber(emit: Emit, a: Value, term: number): Value {
  return term === 0 ? a : add(emit, a, number(emit, a, term));
}

/** `factor * a + term`. */
export function affine(emit: Emit, a: Value, factor: number, term: number): Value {
  return addNumber(emit, scale(emit, a, factor), term);
}

export function cast(emit: Emit, a: Value, to: DType): Value {
  return a.dtype === to ? a : emit.op("Cast", [a], { to });
}

export function reshape(emit: Emit, a: Value, shape: Shape): Value {
  return sameShape(a.shape, shape) ? a : emit.op("Reshape", [a], { shape });
}

export function transpose(emit: Emit, a: Value, perm: readonly number[]): Value {
  return perm.every((axis, i) => axis === i) ? a : emit.op("Transpose", [a], { perm });
}

/** The last two axes swapped. */
export function transposeLast(emit: Emit, a: Value): Value {
  const n = a.shape.length;
  return transpose(
    emit,
    a,
    a.shape.map((_, i) => (i === n - 1 ? n - 2 : i === n - 2 ? n - 1 : i)),
  );
}

export function expand(emit: Emit, a: Value, shape: Shape): Value {
  return sameShape(a.shape, shape) ? a : emit.op("Expand", [a], { shape });
}

export function reduceSum(emit: Emit, a: Value, axes: readonly number[], keepdims = true): Value {
  if (axes.length === 0) return a;
  return sumInner(emit, a, { axes, keepdims }) ?? emit.op("ReduceSum", [a], { axes, keepdims });
}

export function reduceMean(emit: Emit, a: Value, axes: readonly number[], keepdims = true): Value {
  if (axes.length === 0) return a;
  return meanInner(emit, a, { axes, keepdims }) ?? emit.op("ReduceMean", [a], { axes, keepdims });
}

interface Reduction {
  readonly axes: readonly number[];
  readonly keepdims: boolean;
}

const isReal = ({ dtype }: Value) =>
  dtype === "float32" || dtype === "float64" || dtype === "float16";

/** The sum over a run of axes with others behind it in its fastest form; `null` for other axes. */
export const sumInner = (emit: Emit, a: Value, reduction: Reduction) =>
  reduceInner(emit, a, reduction, 1);

/** The mean, likewise. */
export function meanInner(emit: Emit, a: Value, reduction: Reduction): Value | null {
  const count = reduction.axes.reduce((n, axis) => n * (a.shape[axis] ?? 1), 1);
  return reduceInner(emit, a, reduction, 1 / count);
}

/** A run of axes with others behind it, as a product with a row of `weight`: many times faster than a reduction. */
function reduceInner(
  emit: Emit,
  a: Value,
  { axes, keepdims }: Reduction,
  weight: number,
): Value | null {
  const [first, last] = [Math.min(...axes), Math.max(...axes)];
  const size = (shape: Shape) => shape.reduce((n, d) => n * d, 1);
  const [before, inside, after] = [
    a.shape.slice(0, first),
    a.shape.slice(first, last + 1),
    a.shape.slice(last + 1),
  ];
  const whole = inside.every((d, i) => d === 1 || axes.includes(first + i));
  if (!whole || !isReal(a) || axes.length === 0 || size(after) < 8 || size(inside) < 2) return null;
  const row = constantLike(emit, a, Array<number>(size(inside)).fill(weight), [1, size(inside)]);
  const sum = matMul(emit, row, reshape(emit, a, [size(before), size(inside), size(after)]));
  const shape = a.shape.flatMap((d, i) => (!axes.includes(i) ? [d] : keepdims ? [1] : []));
  return reshape(emit, sum, shape);
}

/** The adjoint of broadcasting from `shape`: `a` summed over the axes that were stretched or added. */
export function sumTo(emit: Emit, a: Value, shape: Shape): Value {
  if (sameShape(a.shape, shape)) return a;
  const added = a.shape.length - shape.length;
  const axes = a.shape.flatMap((d, i) =>
    i < added || (shape[i - added] === 1 && d !== 1) ? [i] : [],
  );
  return reshape(emit, reduceSum(emit, a, axes), shape);
}

/** Elements `start` to `end` (exclusive) along one axis, each `step`-th. All three count from 0; step > 0. */
export function sliceAxis(
  emit: Emit,
  a: Value,
  axis: number,
  range: { readonly start: number; readonly end: number; readonly step?: number },
): Value {
  const at = axis < 0 ? axis + a.shape.length : axis;
  const { start, end, step = 1 } = range;
  if (start === 0 && end === a.shape[at] && step === 1) return a;
  return emit.op("Slice", [a], {
    starts: a.shape.map((_, i) => (i === at ? start : 0)),
    ends: a.shape.map((d, i) => (i === at ? end : d)),
    steps: a.shape.map((_, i) => (i === at ? step : 1)),
  });
}

/** The given axes read backwards. */
export function flip(emit: Emit, a: Value, axes: readonly number[]): Value {
  const turned = (i: number) => axes.includes(i) && (a.shape[i] ?? 1) > 1;
  if (!a.shape.some((_, i) => turned(i))) return a;
  return emit.op("Slice", [a], {
    starts: a.shape.map((d, i) => (turned(i) ? d - 1 : 0)),
    ends: a.shape.map((d, i) => (turned(i) ? -1 : d)),
    steps: a.shape.map((_, i) => (turned(i) ? -1 : 1)),
  });
}

/** Zeros added before and after each axis; negative amounts take elements away. */
export function padOrCrop(
  emit: Emit,
  a: Value,
  before: readonly number[],
  after: readonly number[],
): Value {
  const cropped = before.some((n) => n < 0) || after.some((n) => n < 0);
  const kept = !cropped
    ? a
    : emit.op("Slice", [a], {
        starts: before.map((n) => Math.max(0, -n)),
        ends: a.shape.map((d, i) => d - Math.max(0, -(after[i] ?? 0))),
        steps: a.shape.map(() => 1),
      });
  const pads = [...before, ...after].map((n) => Math.max(0, n));
  if (pads.every((n) => n === 0)) return kept;
  return emit.op("Pad", [kept], { pads, mode: "constant", value: 0 });
}

/** `parts` joined along `axis`; a single part is itself. */
export function concat(emit: Emit, parts: readonly Value[], axis: number): Value {
  const [first] = parts;
  if (first === undefined) throw new RangeError("concat: at least one part is needed");
  return parts.length === 1
    ? first
    : emit.op("Concat", parts, { axis: axis < 0 ? axis + first.shape.length : axis });
}

/** The linear map `matrix` ([out, in], a constant's values row by row) applied along one axis. */
export function mapAxis(emit: Emit, a: Value, axis: number, matrix: Matrix): Value {
  const rank = a.shape.length;
  const [before, after] = [a.shape.slice(0, axis), a.shape.slice(axis + 1)];
  const { rows, columns, values } = matrix;
  if (axis === rank - 1)
    return matMul(emit, a, constantLike(emit, a, transposed(matrix), [columns, rows]));
  const map = constantLike(emit, a, values, [rows, columns]);
  if (axis === rank - 2) return matMul(emit, map, a);
  const size = (shape: Shape) => shape.reduce((n, d) => n * d, 1);
  const flat = reshape(emit, a, [size(before), columns, size(after)]);
  return reshape(emit, matMul(emit, map, flat), [...before, rows, ...after]);
}

/** Dense, row by row. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: readonly number[];
}

export function transposeMatrix(matrix: Matrix): Matrix {
  return { rows: matrix.columns, columns: matrix.rows, values: transposed(matrix) };
}

function transposed({ rows, columns, values }: Matrix): number[] {
  return Array.from(
    { length: rows * columns },
    (_, i) => values[(i % rows) * columns + Math.floor(i / rows)] ?? 0,
  );
}
