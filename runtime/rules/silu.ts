import type { Equation, Value } from "../ir/primitives.ts";
import type { Emit } from "../ir/program.ts";
import { addNumber, mul, sub } from "./write.ts";

/**
 * The cotangents of `x · sigmoid(x)`, in four products where the two rules one after the other take six;
 * `null` for every other equation. The sigmoid gets none from here: what flows through it is counted.
 */
export function siluCotangent(
  emit: Emit,
  equation: Equation,
  makers: ReadonlyMap<Value, Equation>,
  g: Value | null,
): readonly (Value | null)[] | null {
  if (equation.op !== "Mul" || g === null) return null;
  const [y] = equation.outputs;
  const [a, b] = equation.inputs;
  const gateOf = (gate: Value, x: Value) => {
    const maker = makers.get(gate);
    return maker?.op === "Sigmoid" && maker.inputs[0] === x;
  };
  if (y === undefined || !(gateOf(b, a) || gateOf(a, b))) return null;
  const [x, gate, first] = gateOf(b, a) ? [a, b, true] : [b, a, false];
  // d(x s)/dx = s (1 + x - x s)
  const slope = mul(emit, gate, addNumber(emit, sub(emit, x, y), 1));
  const part = mul(emit, g, slope);
  return first ? [part, null] : [null, part];
}
