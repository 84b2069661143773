import type { Value } from "./primitives.ts";
import type { Program } from "./program.ts";

/**
 * Why a program is not straight-line code, or `null` when it is: every value is made once, before
 * it is read, and every output is made. Types are the rules' business, not looked at here.
 */
export function whyIllFormed(program: Program): string | null {
  const made = new Set<Value>();
  for (const value of [...program.inputs, ...program.constants.keys()]) {
    if (made.has(value)) return `value ${value.id} is an input or a constant twice`;
    made.add(value);
  }
  for (const [index, { op, inputs, outputs }] of program.equations.entries()) {
    const early = inputs.find((value) => value !== null && !made.has(value));
    if (early) return `equation ${index} (${op}) reads value ${early.id} before it is made`;
    for (const output of outputs) {
      if (made.has(output)) return `equation ${index} (${op}) makes value ${output.id} again`;
      made.add(output);
    }
  }
  const missing = program.outputs.find((value) => !made.has(value));
  return missing === undefined ? null : `output ${missing.id} is never made`;
}
