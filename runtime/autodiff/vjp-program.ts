import { issueError } from "../base/issue.ts";
import type { Value } from "../ir/primitives.ts";
import type { Program } from "../ir/program.ts";
import { isFloat } from "../rules/family.ts";
import { zeros } from "../rules/write.ts";
import { createRecorder } from "../trace/recorder.ts";
import { backward } from "./backward.ts";

export interface VjpOptions {
  /** Indices of the inputs to differentiate for; default: the first. */
  readonly wrt?: readonly number[];
  /** Indices of the outputs that get a cotangent input; default: all that hold floats. */
  readonly of?: readonly number[];
  /** Whether the program's own outputs stay in front of the gradients; default: true. */
  readonly keepOutputs?: boolean;
}

/**
 * The program with its vector-Jacobian product. Inputs: the program's, then one cotangent an output of `of`;
 * outputs: the program's, then one gradient an input of `wrt` (zeros where nothing flows).
 *
 * @throws IssueError (`gradient.no-rule`, `gradient.integer`).
 */
export function vjpProgram(program: Program, options: VjpOptions = {}): Program {
  const recorder = createRecorder();
  const inputs = program.inputs.map((input) => recorder.input(input));
  const outputs = recorder.inline(program, inputs);
  const written = [...recorder.equations];
  const seeded = (options.of ?? floatIndices(outputs)).map((i) => at(outputs, i, "output"));
  const wrt = (options.wrt ?? [0]).map((i) => at(inputs, i, "input"));
  for (const value of [...wrt, ...seeded]) demandFloat(value);
  const cotangents = seeded.map((value) => recorder.input(value));
  const seeds = new Map<Value, Value>();
  seeded.forEach((value, i) => {
    const cotangent = at(cotangents, i, "cotangent");
    const known = seeds.get(value);
    seeds.set(value, known === undefined ? cotangent : recorder.op("Add", [known, cotangent], {}));
  });
  const gradients = backward(recorder, written, seeds, wrt).map(
    (gradient, i) => gradient ?? noGradient(recorder, at(wrt, i, "input")),
  );
  return recorder.finish([...(options.keepOutputs === false ? [] : outputs), ...gradients]);
}

const noGradient = (recorder: ReturnType<typeof createRecorder>, input: Value) =>
  zeros(recorder, input, input.shape);

const floatIndices = (values: readonly Value[]) =>
  values.flatMap((value, i) => (isFloat(value) ? [i] : []));

function demandFloat(value: Value): void {
  if (isFloat(value)) return;
  throw issueError("gradient.integer", `A gradient needs a float tensor, got ${value.dtype}.`);
}

function at(values: readonly Value[], index: number, what: string): Value {
  const value = values[index];
  if (value === undefined)
    throw new RangeError(
      `vjpProgram: there is no ${what} ${index}, the program has ${values.length}`,
    );
  return value;
}
