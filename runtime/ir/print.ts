import { formatShape, sizeOf, type TensorData } from "../tensor/tensor.ts";
import type { Equation, Value } from "./primitives.ts";
import type { Program } from "./program.ts";

/** A program as text, values renumbered from %0: inputs, constants (small ones in full), equations, outputs. */
export function printProgram(program: Program): string {
  const names = new Map<Value, string>();
  const name = (value: Value) => {
    const known = names.get(value) ?? `%${names.size}`;
    names.set(value, known);
    return known;
  };
  const typed = (value: Value) => `${name(value)}:${value.dtype}${formatShape(value.shape)}`;
  const inputs = program.inputs.map(typed).join(", ");
  const constants = [...program.constants].map(
    ([value, data]) => `  ${typed(value)} = constant ${printData(data)}`,
  );
  const equations = program.equations.map((equation) => {
    const args = equation.inputs.map((value) => (value === null ? "_" : name(value)));
    const words = [equation.op, ...args, ...printParams(equation)];
    return `  ${equation.outputs.map(typed).join(", ")} = ${words.join(" ")}`;
  });
  const outputs = program.outputs.map(name).join(", ");
  return [`(${inputs}) {`, ...constants, ...equations, `} -> ${outputs}`].join("\n");
}

function printParams({ params }: Equation): string[] {
  return Object.entries(params).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
}

function printData({ shape, data }: TensorData): string {
  return sizeOf(shape) <= 4 ? `{${data.join(",")}}` : `{… ${sizeOf(shape)} elements}`;
}
