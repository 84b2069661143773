import type { Value } from "../ir/primitives.ts";
import type { Emit } from "../ir/program.ts";
import { int64, sizeOf, type Shape, type TensorType } from "../tensor/tensor.ts";
import { signOf } from "./activation.ts";
import { demandAxis, stops, type Family } from "./family.ts";
import type { Rule } from "./rule.ts";
import {
  add,
  cast,
  div,
  equal,
  exp,
  greater,
  meanInner,
  mul,
  number,
  reduceSum,
  reshape,
  scale,
  sub,
  sumInner,
  where,
  zeros,
} from "./write.ts";

type Reduce =
  | "ReduceSum"
  | "ReduceMean"
  | "ReduceMax"
  | "ReduceMin"
  | "ReduceProd"
  | "ReduceL1"
  | "ReduceL2"
  | "ReduceSumSquare"
  | "ReduceLogSumExp";

interface Reduced {
  readonly x: Value;
  /** Output and its cotangent with the reduced axes kept as 1. */
  readonly y: Value;
  readonly g: Value;
  readonly axes: readonly number[];
}

function reduce<N extends Reduce>(
  op: N,
  gradient: (emit: Emit, at: Reduced) => Value,
): Rule<Reduce> {
  return {
    infer: ([x], { axes, keepdims }) => {
      for (const axis of axes) demandAxis(op, axis, x.shape.length);
      return [{ dtype: x.dtype, shape: reducedShape(x.shape, axes, keepdims) }];
    },
    vjp: (emit, { inputs: [x], outputs: [y], params: { axes }, cotangents: [g] }) => {
      if (!g || !y) return [null];
      const kept = reducedShape(x.shape, axes, true);
      return [gradient(emit, { x, y: reshape(emit, y, kept), g: reshape(emit, g, kept), axes })];
    },
    cost: ([x]) => sizeOf(x.shape),
    onnx: ({ axes, keepdims }) => ({
      attributes: {
        keepdims: keepdims ? 1 : 0,
        ...(axes.length === 0 ? { noop_with_empty_axes: 1 } : {}),
      },
      extraInputs: { 1: int64(axes) },
    }),
  };
}

function reducedShape(shape: Shape, axes: readonly number[], keepdims: boolean): Shape {
  return shape.flatMap((d, i) => (!axes.includes(i) ? [d] : keepdims ? [1] : []));
}

/** `g` to the elements that attain the extreme, in equal parts, as PyTorch's amax. */
function toExtremes(emit: Emit, { x, y, g, axes }: Reduced): Value {
  const attained = cast(emit, equal(emit, x, y), x.dtype);
  return mul(emit, attained, div(emit, g, reduceSum(emit, attained, axes)));
}

/** The product of the others: right also where one or more elements are 0. */
function otherProduct(emit: Emit, { x, g, axes }: Reduced): Value {
  const isZero = equal(emit, x, number(emit, x, 0));
  const [zero, one] = [number(emit, x, 0), number(emit, x, 1)];
  const filled = where(emit, isZero, one, x);
  const product = emit.op("ReduceProd", [filled], { axes, keepdims: true });
  const ones = cast(emit, isZero, x.dtype);
  const count = reduceSum(emit, ones, axes);
  // A zero counts if it is the only one, any other element if there is none.
  const only = equal(emit, count, ones);
  return where(emit, only, mul(emit, g, div(emit, product, filled)), zero);
}

const arg: Rule<"ArgMax" | "ArgMin"> = {
  infer: ([x], { axis, keepdims }) => {
    demandAxis("ArgMax", axis, x.shape.length);
    return [{ dtype: "int64", shape: reducedShape(x.shape, [axis], keepdims) }];
  },
  vjp: stops.integer,
  onnx: ({ axis, keepdims, selectLastIndex }) => ({
    attributes: { axis, keepdims: keepdims ? 1 : 0, select_last_index: selectLastIndex ? 1 : 0 },
  }),
};

/** Rows that fold axes into one number, or pick from them. */
export const reduction: Family<Reduce | "ArgMax" | "ArgMin" | "TopK"> = {
  // These two leave the broadcast to whatever reads the cotangent.
  ReduceSum: {
    ...reduce("ReduceSum", (_, { g }) => g),
    lower: (e, [x], params) => sumInner(e, x, params),
  },
  ReduceMean: {
    ...reduce("ReduceMean", (e, { x, y, g }) => scale(e, g, sizeOf(y.shape) / sizeOf(x.shape))),
    lower: (e, [x], params) => meanInner(e, x, params),
  },
  ReduceMax: reduce("ReduceMax", toExtremes),
  ReduceMin: reduce("ReduceMin", toExtremes),
  ReduceProd: reduce("ReduceProd", otherProduct),
  ReduceL1: reduce("ReduceL1", (e, { x, g }) => mul(e, g, signOf(e, x))),
  // x / ‖x‖, and 0 at 0
  ReduceL2: reduce("ReduceL2", (e, { x, y, g }) => {
    const safe = where(e, greater(e, y, number(e, y, 0)), y, number(e, y, 1));
    return mul(e, x, div(e, g, safe));
  }),
  ReduceSumSquare: {
    ...reduce("ReduceSumSquare", (e, { x, g }) => mul(e, x, add(e, g, g))),
    // onnxruntime sums squares without vector instructions.
    lower: (e, [x], { axes, keepdims }) => reduceSum(e, mul(e, x, x), axes, keepdims),
  },
  ReduceLogSumExp: reduce("ReduceLogSumExp", (e, { x, y, g }) => mul(e, g, exp(e, sub(e, x, y)))),
  ArgMax: arg,
  ArgMin: arg,
  TopK: {
    infer: ([x], { k, axis }) => {
      demandAxis("TopK", axis, x.shape.length);
      const shape = x.shape.with(axis, k);
      return [
        { dtype: x.dtype, shape },
        { dtype: "int64", shape },
      ] satisfies TensorType[];
    },
    vjp: (emit, { inputs: [x], outputs: [, indices], params: { axis }, cotangents: [g] }) => {
      if (!g || !indices) return [null];
      return [
        emit.op("ScatterElements", [zeros(emit, g, x.shape), indices, g], {
          axis,
          reduction: "add",
        }),
      ];
    },
    onnx: ({ k, axis, largest, sorted }) => ({
      attributes: { axis, largest: largest ? 1 : 0, sorted: sorted ? 1 : 0 },
      extraInputs: { 1: int64([k]) },
    }),
  },
};
