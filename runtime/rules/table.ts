import type { Equation, Value } from "../ir/primitives.ts";
import type { Emit } from "../ir/program.ts";
import { sizeOf, type TensorType } from "../tensor/tensor.ts";
import { activation } from "./activation.ts";
import { contraction } from "./contraction.ts";
import { elementwise } from "./elementwise.ts";
import { movement } from "./movement.ts";
import { normalisation } from "./normalisation.ts";
import { opaque } from "./opaque.ts";
import { pooling } from "./pooling.ts";
import { reduction } from "./reduction.ts";
import type { OnnxForm, RuleTable } from "./rule.ts";
import { spectral } from "./spectral.ts";

/** Everything the engine knows of every primitive. */
export const rules: RuleTable = {
  ...activation,
  ...elementwise,
  ...contraction,
  ...movement,
  ...reduction,
  ...normalisation,
  ...pooling,
  ...spectral,
  ...opaque,
};

/** A rule row as walkers over equations of any kind see it. */
export interface EquationRule {
  infer(inputs: readonly (TensorType | null)[], params: unknown): readonly TensorType[];
  readonly vjp:
    | ((
        emit: Emit,
        at: {
          readonly inputs: readonly (Value | null)[];
          readonly outputs: readonly Value[];
          readonly params: unknown;
          readonly cotangents: readonly (Value | null)[];
          readonly wanted: readonly boolean[];
        },
      ) => readonly (Value | null)[])
    | { readonly stops: string };
  readonly broadcasts?: boolean;
  lower?(emit: Emit, inputs: readonly (Value | null)[], params: unknown): Value | null;
  cost?(
    inputs: readonly (TensorType | null)[],
    params: unknown,
    outputs: readonly TensorType[],
  ): number;
  onnx?(params: unknown, inputs: readonly (TensorType | null)[]): OnnxForm;
}

/** The row of an equation; `undefined` for a name that the instruction set lacks. */
export function ruleOf({ op }: Pick<Equation, "op">): EquationRule | undefined {
  // An equation carries the inputs and params of its own row; a union of rows cannot say so.
  return rules[op] as unknown as EquationRule | undefined;
}

/**
 * Floating-point operations of one equation, roughly.
 *
 * @public
 */
export function costOf(equation: Equation): number {
  const { inputs, params, outputs } = equation;
  return (
    ruleOf(equation)?.cost?.(inputs, params, outputs) ??
    outputs.reduce((n, { shape }) => n + sizeOf(shape), 0)
  );
}

/** The ONNX spelling of one equation (opset 21). */
export function onnxFormOf(equation: Equation): OnnxForm {
  return ruleOf(equation)?.onnx?.(equation.params, equation.inputs) ?? {};
}
