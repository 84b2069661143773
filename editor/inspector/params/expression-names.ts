import { isForEach } from "../../../runtime/graph/document.ts";
import { isExpressionIssue, parseExpression } from "../../../runtime/graph/expression-parse.ts";
import {
  expressionConstants,
  expressionFunctions,
} from "../../../runtime/graph/expression-functions.ts";
import { evaluateNumber, isExpressionText, namesIn } from "../../../runtime/graph/expression.ts";
import type { PortType } from "../../../runtime/graph/ports.ts";
import { formatPortType, portFields } from "../../../runtime/graph/ports.ts";
import { counters } from "../../../runtime/graph/resolve.ts";
import type { Scope } from "../../../runtime/graph/scope.ts";
import { scopesOutwards } from "../../../runtime/graph/scope.ts";
import type { Analysis } from "../../document/analysis.ts";

/** A name that an expression may read. */
export interface ScopeName {
  readonly name: string;
  /** What it is: the type of its source, or what a function takes. */
  readonly type: string;
  /** Its number, where it is known without a run. */
  readonly value: number | null;
}

/** The numbers that `@` reads in a scope: inputs, rails and counters, the innermost first. */
export function namesInScope(scope: Scope, { types }: Analysis): readonly ScopeName[] {
  const scopes = scopesOutwards(scope);
  const isInLoop = scopes.some(({ kind }) => kind === "loop");
  const read = (ref: string, value: number | null = null): readonly ScopeName[] =>
    numbersOf(ref, types.typeOfRef(scope, ref), value);
  return [
    ...(isInLoop ? counters.flatMap((counter) => read(`@${counter}`)) : []),
    ...scopes.flatMap((at) => {
      if (at.kind === "branch") return [];
      if (at.kind === "root")
        return Object.entries(at.inputs).flatMap(([name, slot]) =>
          read(`@${name}`, typeof slot.default === "number" ? slot.default : null),
        );
      const elements = isForEach(at.zone) ? Object.keys(at.zone.each) : [];
      const states = Object.entries(at.zone.states ?? {}).flatMap(([name, { depth = 1 }]) =>
        ["", ".1", ".2"].slice(0, depth).map((back) => `${name}${back}`),
      );
      return [...elements, ...states].flatMap((name) => read(`@${name}`));
    }),
  ];
}

/** The name itself where it is a number, else its fields that are. */
function numbersOf(ref: string, type: PortType | null, value: number | null): readonly ScopeName[] {
  if (type === null) return [];
  if (type.kind === "scalar") return [{ name: ref, type: "scalar", value }];
  return Object.entries(portFields[type.kind])
    .filter(([, field]) => field.kind === "scalar")
    .map(([field]) => ({ name: `${ref}.${field}`, type: formatPortType(type), value: null }));
}

/** Functions and constants of the language. */
export const languageNames: readonly ScopeName[] = [
  ...Object.entries(expressionFunctions).map(([name, { arity }]) => ({
    name: `${name}(`,
    type: `${name}(${argumentsOf(arity)})`,
    value: null,
  })),
  ...Object.entries(expressionConstants).map(([name, value]) => ({
    name,
    type: "constant",
    value,
  })),
];

function argumentsOf([least, most]: readonly [number, number]): string {
  const names = ["a", "b", "c"].slice(0, least).join(", ");
  return most > least ? `${names}, …` : names;
}

/** The number that an expression gives now; null where a name of it is known only in a run, or it is faulty. */
export function valueNow(text: string, names: readonly ScopeName[]): number | null {
  const expression = parseExpression(text);
  if (isExpressionIssue(expression)) return null;
  const known = new Map(names.map(({ name, value }) => [name, value]));
  if (namesIn(expression).some((name) => (known.get(name) ?? null) === null)) return null;
  return evaluateNumber(expression, (name) => known.get(name) ?? Number.NaN);
}

/** Six digits are enough to recognise a number by. */
export const formatValue = (value: number): string => String(Number(value.toPrecision(6)));

const deepest = 8;

/** A node's own numbers as names; those that are expressions are computed from the others. */
export function namesOfScalars(
  values: Readonly<Record<string, unknown>>,
  others: readonly ScopeName[],
): readonly ScopeName[] {
  const valueOf = (name: string, depth: number): number | null => {
    const value = values[name];
    if (!isExpressionText(value)) return typeof value === "number" ? value : null;
    if (depth > deepest) return null;
    const siblings = Object.keys(values)
      .filter((other) => other !== name && value.includes(other))
      .map((other) => ({ name: other, type: "scalar", value: valueOf(other, depth + 1) }));
    return valueNow(value, [...siblings, ...others]);
  };
  return Object.keys(values).map((name) => ({ name, type: "scalar", value: valueOf(name, 0) }));
}

/** Which part of a text is the name being written at the caret. */
export function wordAt(
  text: string,
  caret: number,
): { readonly from: number; readonly word: string } {
  const word = /@?[A-Za-z][A-Za-z0-9_.]*$|@$/.exec(text.slice(0, caret))?.[0] ?? "";
  return { from: caret - word.length, word };
}

const mostOffered = 8;

/** Names that go on from what is written; those that begin with it before those that contain it. */
export function completions(word: string, names: readonly ScopeName[]): readonly ScopeName[] {
  if (word === "") return [];
  const wanted = word.toLowerCase();
  const others = names.filter(({ name }) => name !== word);
  const begins = others.filter(({ name }) => name.toLowerCase().startsWith(wanted));
  const contains = others.filter(
    ({ name }) =>
      !begins.some((other) => other.name === name) && name.toLowerCase().includes(wanted),
  );
  return [...begins, ...(word.length > 1 ? contains : [])].slice(0, mostOffered);
}
