import type { Inputs, OpName, Value } from "../ir/primitives.ts";
import type { DType, Shape, TensorData } from "../tensor/tensor.ts";

/** A tensor of the model whose contents are known when importing: an initialiser, or folded. */
export interface Known {
  readonly dtype: DType;
  readonly shape: Shape;
  readonly data: TensorData;
}

/** A tensor that the program computes. */
export interface Traced {
  readonly dtype: DType;
  readonly shape: Shape;
  readonly data: null;
  readonly value: Value;
}

export type Operand = Known | Traced;

/** A list of tensors, which only the operators on sequences take and give. */
export interface Sequence {
  readonly items: readonly Operand[];
}

/** What a name in the model stands for. */
export type Entry = Operand | Sequence;

type AsOperands<I extends readonly unknown[]> = {
  readonly [K in keyof I]: null extends I[K] ? Operand | null : Operand;
};

/** What a primitive takes, as operands. */
export type Operands<N extends OpName> = AsOperands<Inputs<N>>;

export function known(data: TensorData): Known {
  return { dtype: data.dtype, shape: data.shape, data };
}

export function traced(value: Value): Traced {
  return { dtype: value.dtype, shape: value.shape, data: null, value };
}
