import type { Value } from "../ir/primitives.ts";
import type { Emit, Program } from "../ir/program.ts";

/**
 * Writes a whole program with `args` for its inputs and returns its outputs. For writers that are no
 * recorder; constants keep their arrays, so that a writer which knows them stores them once.
 */
export function replay(emit: Emit, program: Program, args: readonly Value[]): readonly Value[] {
  const values = new Map<Value, Value>();
  program.inputs.forEach((input, i) => {
    const arg = args[i];
    if (arg === undefined) throw new RangeError(`replay: argument ${i} is missing`);
    values.set(input, arg);
  });
  for (const [value, data] of program.constants) values.set(value, emit.constant(data));
  const now = (value: Value) => values.get(value) ?? value;
  for (const { op, inputs, params, outputs } of program.equations) {
    const given = inputs.map((input) => (input === null ? null : now(input)));
    // An equation carries the inputs and params of its own row; a union of rows cannot say so.
    const made = emit.ops(op, given as never, params);
    outputs.forEach((output, i) => values.set(output, made[i] ?? output));
  }
  return program.outputs.map(now);
}
