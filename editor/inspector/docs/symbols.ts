import { own } from "../../../runtime/graph/own.ts";

/** Signs in a formula that are a param, by the param's name. */
export type Symbols = Readonly<Record<string, string>>;

const greek = new Set([
  "alpha",
  "beta",
  "gamma",
  "delta",
  "epsilon",
  "zeta",
  "eta",
  "theta",
  "kappa",
  "lambda",
  "mu",
  "nu",
  "xi",
  "pi",
  "rho",
  "sigma",
  "tau",
  "phi",
  "chi",
  "psi",
  "omega",
]);

/** LaTeX that a name of the house style stands for: `sigmaMax` is σ_max, `beta1` β_1, `alphaBar` ᾱ; null for a word. */
export function symbolOfName(name: string): string | null {
  const parts = /^([a-z]+?)(Max|Min|Bar|\d)?$/.exec(name);
  const [, word = "", end] = parts ?? [];
  const letter = greek.has(word) ? `\\${word}` : word.length === 1 ? word : null;
  if (letter === null) return null;
  if (end === undefined) return letter;
  if (end === "Bar") return `\\bar${letter}`;
  return /\d/.test(end) ? `${letter}_${end}` : `${letter}_{\\${end.toLowerCase()}}`;
}

/** The params whose sign stands in the formula as it is; of the others nothing is claimed. */
export function symbolsIn(formula: string, names: readonly string[], given: Symbols = {}): Symbols {
  const found = names.flatMap((name) => {
    const symbol = own(given, name) ?? symbolOfName(name);
    return symbol !== null && placesOf(formula, symbol).length > 0 ? [[name, symbol] as const] : [];
  });
  return Object.fromEntries(found);
}

/** What is written in the place of a sign, which stands after `before` (spaces left out); null leaves it. */
export type Replace = (name: string, symbol: string, before: string) => string | null;

/** The formula with each sign replaced; longer signs first, so that σ_max is not read as σ. */
export function replaceSymbols(formula: string, symbols: Symbols, replace: Replace): string {
  const longestFirst = Object.entries(symbols).toSorted(([, a], [, b]) => b.length - a.length);
  let text = formula;
  const kept: string[] = [];
  for (const [name, symbol] of longestFirst)
    for (const at of placesOf(text, symbol).toReversed()) {
      const written = replace(name, symbol, text.slice(0, at).trimEnd().at(-1) ?? "");
      if (written === null) continue;
      text = `${text.slice(0, at)}${mark(kept.length)}${text.slice(at + symbol.length)}`;
      kept.push(written);
    }
  return kept.reduce((now, written, i) => now.replaceAll(mark(i), () => written), text);
}

/** Stands where a replacement will, and is no part of any sign. */
const mark = (i: number): string => `\uE000${i}\uE001`;

/** Where a sign stands by itself: not the beginning of another command, word or index. */
function placesOf(formula: string, symbol: string): readonly number[] {
  const places: number[] = [];
  for (let at = formula.indexOf(symbol); at >= 0; at = formula.indexOf(symbol, at + 1)) {
    const before = formula[at - 1] ?? "";
    const after = formula.slice(at + symbol.length);
    const isCommand = symbol.startsWith("\\");
    const startsClean = isCommand || !/[A-Za-z\\]/.test(before);
    const endsClean = !/^[A-Za-z]/.test(after) || /[}\d]$/.test(symbol);
    const isBare = !/^\s*(?:_|')/.test(after);
    if (startsClean && endsClean && isBare) places.push(at);
  }
  return places;
}

/** A number as LaTeX, in brackets where it would run into what stands before it: 2η is 2(0.1). */
export function latexNumber(value: number, before = "="): string {
  const [digits = "", power] = String(Number(value.toPrecision(6))).split("e");
  const text = power === undefined ? digits : `${digits}\\cdot 10^{${Number(power)}}`;
  const isBare =
    power === undefined && value >= 0 && (before === "" || "=+-(^{,/[".includes(before));
  return isBare ? `{${text}}` : `{(${text})}`;
}

/** What stands for a param, so that pointing at it tells which. Other names than those of params are left out. */
export const signed = (name: string, latex: string): string =>
  /^[A-Za-z][A-Za-z0-9]*$/.test(name) ? `{\\htmlData{sign=${name}}{${latex}}}` : latex;

/** A sign with a box around it, in braces: it may be an argument or an exponent. */
export const boxed = (symbol: string): string => `{\\boxed{${symbol}}}`;
