import type { Equation, Value } from "./primitives.ts";
import type { Program } from "./program.ts";

/** Drops the equations and constants that no output needs. Order, inputs and outputs stay. */
export function pruneProgram(program: Program): Program {
  const needed = new Set<Value>(program.outputs);
  const kept: Equation[] = [];
  for (const equation of program.equations.toReversed()) {
    if (!equation.outputs.some((output) => needed.has(output))) continue;
    for (const input of equation.inputs) if (input !== null) needed.add(input);
    kept.push(equation);
  }
  const constants = new Map([...program.constants].filter(([value]) => needed.has(value)));
  return { ...program, constants, equations: kept.toReversed() };
}
