import type { Equation, Inputs, OpName, Params, Value } from "../ir/primitives.ts";
import { newValue, type Emit, type Program } from "../ir/program.ts";
import { pruneProgram } from "../ir/prune.ts";
import { ruleOf } from "../rules/table.ts";
import { sameShape, type Shape, type TensorData, type TensorType } from "../tensor/tensor.ts";

/** Writes one program, equation by equation. */
export interface Recorder extends Emit {
  /** What was recorded up to now; grows with every call. */
  readonly inputs: readonly Value[];
  readonly equations: readonly Equation[];
  readonly constants: ReadonlyMap<Value, TensorData>;
  input(type: TensorType): Value;
  /** The label that equations carry from here on (`undefined`: none). */
  setOrigin(label: string | undefined): void;
  /** Appends an equation as it is: its outputs become values of this program. */
  append(equation: Equation): void;
  /** Writes an equation again with other inputs of the same types; its outputs are new. */
  copy(equation: Equation, args: readonly (Value | null)[]): readonly Value[];
  /**
   * Writes a whole program with `args` for its inputs and returns its outputs. Equations get new
   * values, so one program may be inlined many times; constants are shared, never copied.
   *
   * @throws RangeError when the arguments do not fit the program's inputs.
   */
  inline(program: Program, args: readonly Value[]): readonly Value[];
  /** The program up to here, without what no output needs. The inputs all stay. */
  finish(outputs: readonly Value[]): Program;
}

/** Constants up to this size are looked up before a new one is made. */
const sharedConstantBytes = 512;

// oxlint-disable-next-line max-lines-per-function -- one closure over the lists that all its functions write
export function createRecorder(): Recorder {
  const inputs: Value[] = [];
  const equations: Equation[] = [];
  const constants = new Map<Value, TensorData>();
  const known = new Map<string, Value>();
  let origin: string | undefined;

  function ops<N extends OpName>(name: N, args: Inputs<N>, params: Params<N>): readonly Value[] {
    const rule = ruleOf({ op: name });
    if (rule === undefined) throw new RangeError(`${name}: no such primitive`);
    const outputs = rule.infer(args, params).map(newValue);
    // The mapped union cannot be built from a generic name: this is its one constructor.
    const equation = { op: name, inputs: args, params, outputs } as unknown as Equation;
    equations.push(origin === undefined ? equation : { ...equation, origin });
    return outputs;
  }

  function op<N extends OpName>(name: N, args: Inputs<N>, params: Params<N>): Value {
    const [output] = ops(name, args, params);
    if (output === undefined) throw new Error(`internal: ${name} has no output`);
    return output;
  }

  function constant(data: TensorData): Value {
    const key = constantKey(data);
    const same = key === null ? undefined : known.get(key);
    if (same !== undefined) return same;
    const value = newValue(data);
    constants.set(value, data);
    if (key !== null) known.set(key, value);
    return value;
  }

  function input(type: TensorType): Value {
    const value = newValue(type);
    inputs.push(value);
    return value;
  }

  function copy(equation: Equation, args: readonly (Value | null)[]): readonly Value[] {
    const outputs = equation.outputs.map(newValue);
    equations.push({ ...equation, inputs: args, outputs } as unknown as Equation);
    return outputs;
  }

  function inline(program: Program, args: readonly Value[]): readonly Value[] {
    const renamed = new Map<Value, Value>();
    program.inputs.forEach((formal, i) => {
      renamed.set(formal, checkedArgument(formal, args[i], i));
    });
    for (const [value, data] of program.constants) constants.set(value, data);
    const rename = (value: Value) => renamed.get(value) ?? value;
    for (const equation of program.equations) {
      const outputs = copy(
        equation,
        equation.inputs.map((value) => (value === null ? null : rename(value))),
      );
      equation.outputs.forEach((output, i) => renamed.set(output, outputs[i] ?? output));
    }
    return program.outputs.map(rename);
  }

  return {
    inputs,
    equations,
    constants,
    op,
    ops,
    constant,
    input,
    copy,
    inline,
    constantOf: (value) => constants.get(value),
    setOrigin: (label) => {
      origin = label;
    },
    append: (equation) => {
      equations.push(equation);
    },
    finish: (outputs) =>
      pruneProgram({ inputs: [...inputs], constants, equations: [...equations], outputs }),
  };
}

function checkedArgument(formal: Value, actual: Value | undefined, index: number): Value {
  if (actual === undefined) throw new RangeError(`inline: argument ${index} is missing`);
  if (actual.dtype === formal.dtype && sameShape(actual.shape, formal.shape)) return actual;
  throw new RangeError(
    `inline: argument ${index} is ${typeText(actual)}, the program wants ${typeText(formal)}`,
  );
}

const typeText = ({ dtype, shape }: { dtype: string; shape: Shape }) =>
  `${dtype}[${shape.join(",")}]`;

function constantKey({ dtype, shape, data }: TensorData): string | null {
  if (data.byteLength > sharedConstantBytes) return null;
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return `${dtype}[${shape.join(",")}]${bytes.join(",")}`;
}
