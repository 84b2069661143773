import { backward } from "../../../runtime/autodiff/backward.ts";
import { vjpProgram } from "../../../runtime/autodiff/vjp-program.ts";
import { IssueError } from "../../../runtime/base/issue.ts";
import type { Value } from "../../../runtime/ir/primitives.ts";
import type { Emit, Program } from "../../../runtime/ir/program.ts";
import { formatShape, type Shape } from "../../../runtime/tensor/tensor.ts";
import { createRecorder } from "../../../runtime/trace/recorder.ts";
import { replay } from "../../../runtime/trace/replay.ts";

/**
 * The gradient column of an operator that is written with primitives which all have one: (dA/dx)ᵀ r by reverse
 * mode. `apply` is recorded once for every shape of x.
 */
export function reverseMode(
  apply: (emit: Emit, x: Value) => Value,
): (emit: Emit, x: Value, r: Value) => Value {
  const programs = new Map<string, Program>();
  return (emit, x, r) => {
    const key = formatShape(x.shape);
    const program = programs.get(key) ?? gradientProgram(apply, x);
    programs.set(key, program);
    const [gradient] = replay(emit, program, [x, r]);
    if (gradient === undefined) throw new Error("internal: a gradient program has one output");
    return gradient;
  };
}

function gradientProgram(apply: (emit: Emit, x: Value) => Value, { dtype, shape }: Value): Program {
  const recorder = createRecorder();
  const program = recorder.finish([apply(recorder, recorder.input({ dtype, shape }))]);
  return vjpProgram(program, { keepOutputs: false });
}

/**
 * Whether any gradient reaches a signal (shape without batch): none does where all paths are rounded. Where a
 * primitive has no rule, one is wanted, and asking for it says so.
 */
export function passesGradient(apply: (emit: Emit, x: Value) => Value, signal: Shape): boolean {
  const recorder = createRecorder();
  const x = recorder.input({ dtype: "float32", shape: [1, ...signal] });
  const y = apply(recorder, x);
  try {
    const [gradient] = backward(recorder, [...recorder.equations], new Map([[y, y]]), [x]);
    return gradient !== undefined && gradient !== null;
  } catch (error) {
    if (error instanceof IssueError) return true;
    throw error;
  }
}
