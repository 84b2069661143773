import type { Value } from "../ir/primitives.ts";
import type { Program } from "../ir/program.ts";
import { ruleOf } from "../rules/table.ts";
import { createRecorder } from "./recorder.ts";

/**
 * The same program in the forms that backends run fastest and compute rightly (each row's `lower`). Values agree
 * to rounding; inputs, outputs and their order stay. For the last step before a program is written out.
 */
export function lowerProgram(program: Program): Program {
  const recorder = createRecorder();
  const renamed = new Map<Value, Value>();
  for (const input of program.inputs) renamed.set(input, recorder.input(input));
  for (const [value, data] of program.constants) renamed.set(value, recorder.constant(data));
  const rename = (value: Value) => renamed.get(value) ?? value;
  for (const equation of program.equations) {
    const inputs = equation.inputs.map((value) => (value === null ? null : rename(value)));
    recorder.setOrigin(equation.origin);
    const lowered = ruleOf(equation)?.lower?.(recorder, inputs, equation.params) ?? null;
    if (lowered !== null) renamed.set(equation.outputs[0] ?? lowered, lowered);
    else
      recorder
        .copy(equation, inputs)
        .forEach((output, i) => renamed.set(equation.outputs[i] ?? output, output));
  }
  return recorder.finish(program.outputs.map(rename));
}
