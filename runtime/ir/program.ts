import type { TensorData, TensorType } from "../tensor/tensor.ts";
import type { Equation, Inputs, OpName, Params, Value, ValueId } from "./primitives.ts";

/** Straight-line tensor code: every value is an input, a constant, or the output of one earlier equation. */
export interface Program {
  readonly inputs: readonly Value[];
  readonly constants: ReadonlyMap<Value, TensorData>;
  readonly equations: readonly Equation[];
  readonly outputs: readonly Value[];
}

let lastId = 0;

/** A new value, different from every other. Ids only tell values apart; writers renumber. */
export function newValue({ dtype, shape }: TensorType): Value {
  lastId += 1;
  return { id: lastId as ValueId, dtype, shape };
}

/** What gradient rules and node builders write with: each call appends one equation and returns its output. */
export interface Emit {
  /** The first (for most primitives the only) output. */
  op<N extends OpName>(name: N, inputs: Inputs<N>, params: Params<N>): Value;
  /** All outputs (Split, TopK). */
  ops<N extends OpName>(name: N, inputs: Inputs<N>, params: Params<N>): readonly Value[];
  constant(data: TensorData): Value;
  /** The data of a value that is known to be a constant. A writer that cannot tell leaves this out. */
  constantOf?(value: Value): TensorData | undefined;
}
