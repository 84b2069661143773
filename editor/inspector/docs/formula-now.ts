import type { AnyNode } from "../../../runtime/graph/define-node.ts";
import type { Symbols } from "./symbols.ts";
import { withParams } from "./ports-now.ts";

/** The formula that a definition has with these params; that it declares where it has one of its own, or they are faulty. */
export function formulaNow(
  definition: AnyNode,
  given: Readonly<Record<string, unknown>>,
): { readonly formula: string; readonly symbols: Symbols } {
  const declared = { formula: definition.formula, symbols: definition.symbols ?? {} };
  return withParams(definition, given, (params) => definition.formulaOf?.(params)) ?? declared;
}

/** Equations of a formula, each in a line of its own: they are written with a wide space between them. */
export function equationsOf(formula: string): readonly string[] {
  const lines: string[] = [];
  let [depth, start] = [0, 0];
  for (let at = 0; at < formula.length; at++) {
    const rest = formula.slice(at);
    if (/^(?:\{|\\left\b|\\begin\b)/.test(rest)) depth += 1;
    if (/^(?:\}|\\right\b|\\end\b)/.test(rest)) depth -= 1;
    const space = depth === 0 ? /^,?\s*\\q?quad\s*/.exec(rest) : null;
    if (space === null) continue;
    lines.push(formula.slice(start, at));
    at += space[0].length - 1;
    start = at + 1;
  }
  return [...lines, formula.slice(start)].map((line) => line.trim()).filter((line) => line !== "");
}
