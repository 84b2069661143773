import type { Value } from "../ir/primitives.ts";
import type { Emit } from "../ir/program.ts";
import { binary, broadcast, demand, demandSameType, predicate, type Family } from "./family.ts";
import {
  addNumber,
  div,
  equal,
  greater,
  less,
  mul,
  neg,
  number,
  scale,
  sub,
  sumTo,
  where,
} from "./write.ts";
import type { Rule } from "./rule.ts";

type Name =
  | "Add"
  | "Sub"
  | "Mul"
  | "Div"
  | "Pow"
  | "Min"
  | "Max"
  | "Mod"
  | "Equal"
  | "Greater"
  | "Less"
  | "GreaterOrEqual"
  | "LessOrEqual"
  | "And"
  | "Or"
  | "Xor"
  | "Where";

/** The part of `g` that goes to the winning side: half of it on a tie, as in PyTorch. */
function share(emit: Emit, g: Value, wins: Value, ties: Value): Value {
  const zero = number(emit, g, 0);
  return where(emit, wins, g, where(emit, ties, mul(emit, g, number(emit, g, 0.5)), zero));
}

/** d(a^b)/da = b a^(b-1); a known exponent saves the general power. */
function powerSlope(emit: Emit, a: Value, b: Value): Value {
  const known = emit.constantOf?.(b);
  const exponent =
    known?.data.length === 1 && known.dtype !== "float16" ? Number(known.data[0]) : null;
  if (exponent === 1) return number(emit, a, 1);
  if (exponent === 2) return mul(emit, a, number(emit, a, 2));
  if (exponent === 3) return mul(emit, mul(emit, a, a), number(emit, a, 3));
  const base = b.dtype === a.dtype ? b : emit.op("Cast", [b], { to: a.dtype });
  return mul(emit, base, emit.op("Pow", [a, addNumber(emit, base, -1)], {}));
}

/** A product of a value with itself: one product with twice the cotangent, not two to be added. */
function squareAware(row: Rule<"Mul">): Rule<"Mul"> {
  const { vjp } = row;
  if (typeof vjp !== "function") return row;
  return {
    ...row,
    vjp: (emit, at) => {
      const [a, b] = at.inputs;
      const [g] = at.cotangents;
      return a === b && g ? [mul(emit, scale(emit, g, 2), a), null] : vjp(emit, at);
    },
  };
}

/** Rows of two or three broadcast inputs, elementwise. */
export const elementwise: Family<Name> = {
  Add: binary(
    "Add",
    (_, { g, sum }) => sum(g),
    (_, { g, sum }) => sum(g),
  ),
  Sub: binary(
    "Sub",
    (_, { g, sum }) => sum(g),
    (e, { g, sum }) => neg(e, sum(g)),
  ),
  Mul: squareAware(
    binary(
      "Mul",
      (e, { g, b, sum }) => sum(mul(e, g, b)),
      (e, { g, a, sum }) => sum(mul(e, g, a)),
    ),
  ),
  // The divisor is the same along the axes that are summed.
  Div: binary(
    "Div",
    (e, { g, b, sum }) => sum(div(e, g, b)),
    (e, { g, b, y, sum }) => neg(e, div(e, sum(mul(e, g, y)), b)),
  ),
  Pow: {
    ...binary(
      "Pow",
      (e, { g, a, b, sum }) => sum(mul(e, g, powerSlope(e, a, b))),
      // y log a, taken as 0 where a is not positive.
      (e, { g, a, y, sum }) => {
        const positive = greater(e, a, number(e, a, 0));
        const log = e.op("Log", [where(e, positive, a, number(e, a, 1))], {});
        return sum(mul(e, g, mul(e, y, log)));
      },
    ),
    // ONNX lets the exponent have a type of its own.
    infer: ([a, b]) => [{ dtype: a.dtype, shape: broadcast("Pow", [a.shape, b.shape]) }],
  },
  Min: binary(
    "Min",
    (e, { g, a, b, sum }) => sum(share(e, g, less(e, a, b), equal(e, a, b))),
    (e, { g, a, b, sum }) => sum(share(e, g, less(e, b, a), equal(e, a, b))),
  ),
  Max: binary(
    "Max",
    (e, { g, a, b, sum }) => sum(share(e, g, greater(e, a, b), equal(e, a, b))),
    (e, { g, a, b, sum }) => sum(share(e, g, greater(e, b, a), equal(e, a, b))),
  ),
  // a mod b = a - b k, k an integer
  Mod: binary(
    "Mod",
    (_, { g, sum }) => sum(g),
    (e, { g, a, b, y, sum }) => neg(e, sum(mul(e, g, div(e, sub(e, a, y), b)))),
    ({ fmod }) => ({ attributes: { fmod: fmod ? 1 : 0 } }),
  ),
  Equal: predicate("Equal"),
  Greater: predicate("Greater"),
  Less: predicate("Less"),
  GreaterOrEqual: predicate("GreaterOrEqual"),
  LessOrEqual: predicate("LessOrEqual"),
  And: predicate("And"),
  Or: predicate("Or"),
  Xor: predicate("Xor"),
  Where: {
    infer: ([condition, a, b]) => {
      demand(
        condition.dtype === "bool",
        "Where",
        `the condition must be bool, got ${condition.dtype}`,
      );
      const { dtype } = demandSameType("Where", [a, b]);
      return [{ dtype, shape: broadcast("Where", [condition.shape, a.shape, b.shape]) }];
    },
    vjp: (e, { inputs: [condition, a, b], cotangents: [g], wanted }) => {
      if (!g) return [null, null, null];
      const zero = number(e, g, 0);
      return [
        null,
        wanted[1] ? sumTo(e, where(e, condition, g, zero), a.shape) : null,
        wanted[2] ? sumTo(e, where(e, condition, zero, g), b.shape) : null,
      ];
    },
  },
};
