import { issueError } from "../base/issue.ts";
import type { Equation, Value } from "../ir/primitives.ts";
import type { Emit } from "../ir/program.ts";
import { isFloat } from "../rules/family.ts";
import { ruleOf, type EquationRule } from "../rules/table.ts";
import { siluCotangent } from "../rules/silu.ts";
import { add, cast, expand } from "../rules/write.ts";
import { broadcastShapes, formatShape, sameShape } from "../tensor/tensor.ts";

export interface BackwardOptions {
  /** Values through which nothing flows back (`gradient/stop`). */
  readonly blocked?: (value: Value) => boolean;
}

/** A writer that can label what it writes. */
export type LabelledEmit = Emit & { setOrigin?(label: string | undefined): void };

/**
 * The cotangents of `wrt`, given those of the values in `seeds`: one reverse sweep over the equations that
 * lie between them and carry floats. `null` where nothing flows. What is written reads values of `equations`.
 *
 * @throws IssueError (`gradient.no-rule`) when an equation on the way has no gradient rule.
 * @throws RangeError when a seed has not the shape of its value.
 */
// oxlint-disable-next-line max-params -- what is written with, walked over, given and asked for
export function backward(
  emit: LabelledEmit,
  equations: readonly Equation[],
  seeds: ReadonlyMap<Value, Value>,
  wrt: readonly Value[],
  options: BackwardOptions = {},
): (Value | null)[] {
  const active = activeValues(equations, wrt, options.blocked ?? (() => false));
  const cotangents = new Map<Value, Value>();
  for (const [value, seed] of seeds) {
    demandSeed(value, seed);
    cotangents.set(value, seed);
  }
  const sweep = { emit, active, cotangents, makers: makersOf(equations) };
  const asked = new Set(wrt);
  for (const equation of equations.toReversed()) {
    stepBack(sweep, equation);
    for (const output of equation.outputs) if (!asked.has(output)) cotangents.delete(output);
  }
  emit.setOrigin?.(undefined);
  return wrt.map((value) => {
    const cotangent = cotangents.get(value);
    return cotangent === undefined ? null : expand(emit, cotangent, value.shape);
  });
}

interface Sweep {
  readonly emit: LabelledEmit;
  readonly active: ReadonlySet<Value>;
  /** The equation that makes each value. */
  readonly makers: ReadonlyMap<Value, Equation>;
  /** Sums up to here. One may lack axes along which it is all alike. */
  readonly cotangents: Map<Value, Value>;
}

function makersOf(equations: readonly Equation[]): ReadonlyMap<Value, Equation> {
  return new Map(
    equations.flatMap((equation) => equation.outputs.map((output) => [output, equation] as const)),
  );
}

/** Adds what one equation sends back to the cotangents of its inputs. */
function stepBack({ emit, active, cotangents, makers }: Sweep, equation: Equation): void {
  const arriving = equation.outputs.map((output) =>
    active.has(output) ? (cotangents.get(output) ?? null) : null,
  );
  if (arriving.every((g) => g === null)) return;
  emit.setOrigin?.(equation.origin);
  // A gate past which nothing may flow keeps the product's own rule.
  const whole = equation.inputs.every((input) => input !== null && active.has(input));
  const fused = whole ? siluCotangent(emit, equation, makers, arriving[0] ?? null) : null;
  const parts = fused ?? equationCotangents(emit, equation, arriving, active);
  equation.inputs.forEach((input, i) => {
    const part = parts[i];
    if (!input || !part || !active.has(input)) return;
    const known = cotangents.get(input);
    cotangents.set(input, known === undefined ? part : add(emit, known, part));
  });
}

function demandSeed(value: Value, seed: Value): void {
  if (sameShape(value.shape, seed.shape)) return;
  throw new RangeError(
    `backward: the cotangent ${formatShape(seed.shape)} must have the shape of its value, ${formatShape(value.shape)}`,
  );
}

/** The float values that depend on `wrt` through floats and past no blocked value. */
function activeValues(
  equations: readonly Equation[],
  wrt: readonly Value[],
  blocked: (value: Value) => boolean,
): ReadonlySet<Value> {
  const active = new Set(wrt.filter(isFloat));
  for (const equation of equations) {
    if (!equation.inputs.some((input) => input !== null && active.has(input))) continue;
    const rule = ruleOf(equation);
    if (rule !== undefined && typeof rule.vjp !== "function") continue;
    for (const output of equation.outputs)
      if (isFloat(output) && !blocked(output)) active.add(output);
  }
  return active;
}

function equationCotangents(
  emit: Emit,
  equation: Equation,
  arriving: readonly (Value | null)[],
  active: ReadonlySet<Value>,
): readonly (Value | null)[] {
  const rule = ruleOf(equation);
  if (rule === undefined) throw noRule(equation);
  const { inputs, outputs, params } = equation;
  if (typeof rule.vjp !== "function") return inputs.map(() => null);
  const wanted = inputs.map((input) => input !== null && active.has(input));
  // A seed may come in another float type than the value; rules see the value's own.
  const thin =
    rule.broadcasts === true &&
    inputs.every(
      (input, i) => !input || !wanted[i] || sameShape(input.shape, outputs[0]?.shape ?? []),
    );
  const cotangents = arriving.map((g, i) => {
    const output = outputs[i];
    if (g === null || output === undefined) return null;
    return cast(emit, thin ? g : expand(emit, g, output.shape), output.dtype);
  });
  const parts = located(equation, () =>
    callRule(rule.vjp, emit, { inputs, outputs, params, cotangents, wanted }),
  );
  demandShapes(equation, parts);
  return parts;
}

type Vjp = Extract<EquationRule["vjp"], (...args: never[]) => unknown>;

function callRule(
  vjp: EquationRule["vjp"],
  emit: Emit,
  at: Parameters<Vjp>[1],
): readonly (Value | null)[] {
  return typeof vjp === "function" ? vjp(emit, at) : [];
}

/** A cotangent may lack axes that are all alike; it must still broadcast to its input. */
function demandShapes({ op, inputs }: Equation, parts: readonly (Value | null)[]): void {
  inputs.forEach((input, i) => {
    const part = parts[i];
    if (input && part && !sameShape(input.shape, broadcastShapes(input.shape, part.shape)))
      throw new Error(
        `internal: ${op} gave input ${i} of shape ${formatShape(input.shape)} a cotangent of shape ${formatShape(part.shape)}`,
      );
  });
}

function noRule({ op, origin }: Equation) {
  const node = origin === undefined ? "" : ` at node "${origin}"`;
  return issueError(
    "gradient.no-rule",
    `${op}${node} has no gradient rule, so no gradient can flow through it; running the model without a gradient still works.`,
    origin === undefined ? {} : { node: origin },
  );
}

/** Runs a rule; a refusal of its own gets the equation's place. */
function located<T>(equation: Equation, rule: () => T): T {
  try {
    return rule();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const { message } = noRule(equation);
    throw issueError(
      "gradient.no-rule",
      `${message} (${error.message})`,
      equation.origin === undefined ? {} : { node: equation.origin },
    );
  }
}
