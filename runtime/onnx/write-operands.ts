import type { Inputs, OpName, Params, Value } from "../ir/primitives.ts";
import { ruleOf } from "../rules/table.ts";
import type { Recorder } from "../trace/recorder.ts";
import { sizeOf, sameShape, type DType, type Shape, type TensorData } from "../tensor/tensor.ts";
import { foldEquation } from "./fold/fold.ts";
import { known, traced, type Operand, type Operands } from "./operand.ts";
import { tensorOf } from "./proto/numbers.ts";
import { checkSize } from "./proto/size.ts";
import { withShape } from "./proto/view-elements.ts";

/** Writes equations over operands; what is small and known is computed instead of written. */
export interface OperandWriter {
  emit<N extends OpName>(op: N, inputs: Operands<N>, params: Params<N>): Operand;
  emitAll<N extends OpName>(op: N, inputs: Operands<N>, params: Params<N>): readonly Operand[];
  /** The same elements under another shape; nothing is written when the shape stays or the contents are known. */
  reshape(x: Operand, shape: Shape): Operand;
  /** A rank-0 constant of the element type of `like`. */
  scalar(value: number, like: { readonly dtype: DType }): Operand;
  /** `x` in another element type; itself where it already has it. */
  cast(x: Operand, to: DType): Operand;
  valueOf(operand: Operand): Value;
}

export function createOperandWriter(recorder: Recorder): OperandWriter {
  const constants = new Map<TensorData, Value>();

  function valueOf(operand: Operand): Value {
    if (operand.data === null) return operand.value;
    const { data } = operand;
    const value = constants.get(data) ?? recorder.constant(data);
    constants.set(data, value);
    return value;
  }

  function emitAll<N extends OpName>(
    op: N,
    inputs: Operands<N>,
    params: Params<N>,
  ): readonly Operand[] {
    const operands: readonly (Operand | null)[] = inputs;
    for (const { shape } of ruleOf({ op })?.infer(operands, params) ?? [])
      checkSize(shape, `A result of ${op}`);
    if (operands.every((x) => x === null || x.data !== null)) {
      const folded = foldEquation(
        op,
        operands.map((x) => x?.data ?? null),
        params,
      );
      if (folded !== null) return folded.map(known);
    }
    // Same positions, operands for values: the tuple type of the row cannot follow a map.
    const values = operands.map((x) => (x === null ? null : valueOf(x))) as unknown as Inputs<N>;
    return recorder.ops(op, values, params).map(traced);
  }

  function emit<N extends OpName>(op: N, inputs: Operands<N>, params: Params<N>): Operand {
    const [first] = emitAll(op, inputs, params);
    if (first === undefined) throw new Error(`internal: ${op} has no output`);
    return first;
  }

  function reshape(x: Operand, shape: Shape): Operand {
    if (sameShape(x.shape, shape)) return x;
    if (x.data !== null && sizeOf(x.shape) === sizeOf(shape))
      return known(withShape(x.data, shape));
    return emit("Reshape", [x], { shape });
  }

  return {
    emit,
    emitAll,
    reshape,
    valueOf,
    scalar: (value, { dtype }) => known(tensorOf(dtype, [], [value])),
    cast: (x, to) => (x.dtype === to ? x : emit("Cast", [x], { to })),
  };
}
