import type { Value } from "../ir/primitives.ts";
import type { Emit } from "../ir/program.ts";
import type { Shape } from "../tensor/tensor.ts";
import { demand, demandSameType } from "./family.ts";
import type { Rule } from "./rule.ts";
import { constantLike, expand, reshape } from "./write.ts";

/** An equation without ellipses: one string of letters an operand, and one for the output. */
export interface Subscripts {
  readonly operands: readonly string[];
  readonly output: string;
}

/** The Einstein sum. A letter may repeat, stand in one operand alone, or have size 1 to be broadcast. */
export const einsum: Rule<"Einsum"> = {
  infer: (inputs, { equation }) => {
    const { dtype } = demandSameType("Einsum", inputs);
    const { operands, output } = parseEquation(
      equation,
      inputs.map(({ shape }) => shape.length),
    );
    const sizes = letterSizes(
      operands,
      inputs.map(({ shape }) => shape),
    );
    return [{ dtype, shape: [...output].map((letter) => sizes.get(letter) ?? 1) }];
  },
  vjp: (emit, { inputs, params, cotangents: [g], wanted }) => {
    if (!g) return inputs.map(() => null);
    const subscripts = parseEquation(
      params.equation,
      inputs.map(({ shape }) => shape.length),
    );
    return inputs.map((_, i) =>
      wanted[i] ? operandCotangent(emit, { inputs, subscripts, g }, i) : null,
    );
  },
  cost: (inputs, { equation }) => {
    const { operands } = parseEquation(
      equation,
      inputs.map(({ shape }) => shape.length),
    );
    const sizes = letterSizes(
      operands,
      inputs.map(({ shape }) => shape),
    );
    return inputs.length * [...sizes.values()].reduce((n, d) => n * d, 1);
  },
  onnx: ({ equation }) => ({ attributes: { equation } }),
};

interface Call {
  readonly inputs: readonly Value[];
  readonly subscripts: Subscripts;
  readonly g: Value;
}

/** The sum of `g` and the other operands, with the subscripts of operand `index` as its output. */
function operandCotangent(emit: Emit, { inputs, subscripts, g }: Call, index: number): Value {
  const { operands, output } = subscripts;
  const sizes = letterSizes(
    operands,
    inputs.map(({ shape }) => shape),
  );
  const operand = inputs[index];
  const letters = [...(operands[index] ?? "")];
  if (!operand) throw new Error(`internal: Einsum has no operand ${index}`);
  const terms: { value: Value; text: string }[] = [{ value: g, text: output }];
  inputs.forEach((value, i) => {
    if (i !== index) terms.push({ value, text: operands[i] ?? "" });
  });
  const full = (letter: string) => sizes.get(letter) ?? 1;
  const given = (letter: string) =>
    full(letter) === 1 ||
    terms.some(({ value, text }) => value.shape[text.indexOf(letter)] === full(letter));
  // A repeated letter takes a name of its own, tied to the first by an identity matrix.
  const spare = spareLetters([...operands, output].join(""));
  const distinct = letters.map((letter, i) => {
    if (letters.indexOf(letter) === i) return letter;
    const fresh = spare.next().value;
    const n = full(letter);
    terms.push({ value: constantLike(emit, g, identity(n), [n, n]), text: letter + fresh });
    return fresh;
  });
  const kept = distinct.filter(
    (letter, i) => operand.shape[i] !== 1 && (letter !== letters[i] || given(letter)),
  );
  const equation = `${terms.map(({ text }) => text).join(",")}->${kept.join("")}`;
  const sum =
    terms.length === 1 && kept.join("") === output
      ? g
      : emit.op(
          "Einsum",
          terms.map(({ value }) => value),
          { equation },
        );
  // A letter summed in this operand alone spreads the cotangent evenly.
  const thin = distinct.map((letter, i) => (kept.includes(letter) ? (operand.shape[i] ?? 1) : 1));
  return expand(emit, reshape(emit, sum, thin), operand.shape);
}

/** Spells out ellipses and the implicit output (letters that occur once, in alphabetical order). */
export function parseEquation(equation: string, ranks: readonly number[]): Subscripts {
  const [left = "", right] = equation.replaceAll(/\s/g, "").split("->");
  const texts = left.split(",");
  demand(
    texts.length === ranks.length,
    "Einsum",
    `"${equation}" has ${texts.length} operands, got ${ranks.length}`,
  );
  const dots = texts.map((text, i) =>
    text.includes("...") ? (ranks[i] ?? 0) - (text.length - 3) : 0,
  );
  const spare = spareLetters(equation);
  const stretch = Array.from({ length: Math.max(0, ...dots) }, () => spare.next().value).join("");
  const operands = texts.map((text, i) => {
    const spelled = text.replace("...", stretch.slice(stretch.length - (dots[i] ?? 0)));
    demand(
      spelled.length === ranks[i],
      "Einsum",
      `"${text}" does not name the axes of a tensor of rank ${ranks[i]}`,
    );
    return spelled;
  });
  const all = [...operands.join("")].filter((letter) => !stretch.includes(letter));
  const once = all.filter((letter) => all.indexOf(letter) === all.lastIndexOf(letter)).sort();
  return {
    operands,
    output: right === undefined ? stretch + once.join("") : right.replace("...", stretch),
  };
}

function letterSizes(operands: readonly string[], shapes: readonly Shape[]): Map<string, number> {
  const sizes = new Map<string, number>();
  operands.forEach((text, i) =>
    [...text].forEach((letter, axis) => {
      const size = shapes[i]?.[axis] ?? 1;
      const known = sizes.get(letter) ?? 1;
      demand(
        known === size || known === 1 || size === 1,
        "Einsum",
        `subscript "${letter}" stands for ${known} and for ${size}`,
      );
      sizes.set(letter, Math.max(known, size));
    }),
  );
  return sizes;
}

function* spareLetters(used: string): Generator<string, string> {
  for (const letter of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if (!used.includes(letter)) yield letter;
  throw new RangeError("Einsum: the equation uses more than 52 letters");
}

const identity = (n: number) =>
  Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
