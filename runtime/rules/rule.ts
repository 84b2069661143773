import type { Inputs, OpName, Params, Value } from "../ir/primitives.ts";
import type { Emit } from "../ir/program.ts";
import type { TensorData, TensorType } from "../tensor/tensor.ts";

type Each<I extends readonly unknown[], T> = {
  readonly [K in keyof I]: null extends I[K] ? T | null : T;
};

/** What a backward rule is given: cotangents of the outputs (null: none flows), and what to differentiate for. */
export interface Backward<N extends OpName> {
  readonly inputs: Inputs<N>;
  readonly outputs: readonly Value[];
  readonly params: Params<N>;
  readonly cotangents: readonly (Value | null)[];
  /** Which inputs a cotangent is wanted for; a rule may skip the others. */
  readonly wanted: readonly boolean[];
}

export type AttributeValue = number | string | readonly number[];

/** How an equation is spelled in an ONNX file (opset 21). */
export interface OnnxForm {
  /** Float attributes must be marked: `{ float: 0.1 }`; plain numbers are int attributes. */
  readonly attributes?: Readonly<Record<string, AttributeValue | { readonly float: number }>>;
  /** Constant inputs that ONNX wants after (or, by index, between) the data inputs; null: left empty. */
  readonly extraInputs?: Readonly<Record<number, TensorData>>;
}

/** Everything the engine knows of one primitive. One row a primitive; the table is total. */
export interface Rule<N extends OpName> {
  /** Output types. Throws RangeError with a sentence that begins with the operator's name. */
  infer(inputs: Each<Inputs<N>, TensorType>, params: Params<N>): readonly TensorType[];
  /** Cotangents of the inputs (null: none), or why there is no gradient (`"integer"`: the output carries none). */
  readonly vjp:
    | ((emit: Emit, at: Backward<N>) => readonly (Value | null)[])
    | { readonly stops: string };
  /** The backward rule takes a cotangent that is still to be broadcast to its output, if the inputs have the output's shape. */
  readonly broadcasts?: boolean;
  /** A form that backends run faster, or that all of them compute rightly; `null`: as it stands. */
  lower?(emit: Emit, inputs: Inputs<N>, params: Params<N>): Value | null;
  /** Floating-point operations, roughly; elementwise rows count 1 an output element. */
  cost?(
    inputs: Each<Inputs<N>, TensorType>,
    params: Params<N>,
    outputs: readonly TensorType[],
  ): number;
  /** The ONNX spelling; default: no attributes, no extra inputs, op type = row name. */
  onnx?(params: Params<N>, inputs: Each<Inputs<N>, TensorType>): OnnxForm;
}

export type RuleTable = { readonly [N in OpName]: Rule<N> };
