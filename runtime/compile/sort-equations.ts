import type { Equation, Value } from "../ir/primitives.ts";

/** The equations that the values depend on, each after what it reads. */
export function sortEquations(
  equations: readonly Equation[],
  of: readonly Value[],
): readonly Equation[] {
  const maker = new Map<Value, Equation>();
  for (const equation of equations)
    for (const output of equation.outputs) maker.set(output, equation);
  const done = new Set<Equation>();
  const stack: Equation[] = [];
  /** False while what makes the value is still to come. */
  const push = (value: Value | null): boolean => {
    const equation = value === null ? undefined : maker.get(value);
    if (equation === undefined || done.has(equation)) return true;
    stack.push(equation);
    return false;
  };
  for (const root of of) {
    push(root);
    for (let equation = stack.at(-1); equation !== undefined; equation = stack.at(-1)) {
      if (!done.has(equation) && !equation.inputs.map(push).every(Boolean)) continue;
      stack.pop();
      done.add(equation);
    }
  }
  return [...done];
}
