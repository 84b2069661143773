import type { Issue } from "../base/issue.ts";
import type { Json } from "./json.ts";
import { jsonLimits, refusedKey } from "./json.ts";

/** The result of reading JSON. */
export type JsonResult =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly issue: Issue };

/** `at` moves forward; the first problem ends the parse by moving it to the end. */
interface Parser {
  readonly text: string;
  at: number;
  depth: number;
  problem: { readonly at: number; readonly message: string } | null;
}

/**
 * Reads JSON as `JSON.parse` does, and says the line and column of the first fault. Besides faults of syntax these
 * are refused: a key that appears twice, the key `__proto__`, numbers beyond float64, too much depth or length.
 */
export function parseJson(text: string): JsonResult {
  if (text.length > jsonLimits.length)
    return fault(
      `The text is ${text.length} characters long; at most ${jsonLimits.length} are read.`,
    );
  const parser: Parser = { text, at: text.startsWith("\uFEFF") ? 1 : 0, depth: 0, problem: null };
  const value = parseValue(parser);
  skipSpace(parser);
  if (parser.at < text.length) fail(parser, parser.at, "Expected the end of the text");
  if (parser.problem === null) return { ok: true, value };
  const { line, column } = locate(text, parser.problem.at);
  return fault(`${parser.problem.message} (line ${line}, column ${column}).`);
}

function fault(message: string): JsonResult {
  return { ok: false, issue: { code: "json.invalid", message, at: {} } };
}

function locate(text: string, at: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at).split(/\r\n|\n|\r/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** Records the first problem and ends the parse. */
function fail(parser: Parser, at: number, message: string): null {
  parser.problem ??= { at, message };
  parser.at = parser.text.length;
  return null;
}

const space = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /true|false|null/y;

function match(parser: Parser, pattern: RegExp): string | null {
  pattern.lastIndex = parser.at;
  const found = pattern.exec(parser.text)?.[0] ?? null;
  if (found !== null) parser.at += found.length;
  return found;
}

function skipSpace(parser: Parser): void {
  match(parser, space);
}

function parseValue(parser: Parser): Json {
  skipSpace(parser);
  switch (parser.text[parser.at]) {
    case "{":
      return parseNested(parser, parseObject);
    case "[":
      return parseNested(parser, parseArray);
    case '"':
      return parseString(parser);
    default:
      return parseAtom(parser);
  }
}

function parseNested(parser: Parser, parse: (parser: Parser) => Json): Json {
  if (parser.depth >= jsonLimits.depth)
    return fail(parser, parser.at, `Values are nested more than ${jsonLimits.depth} deep`);
  parser.depth += 1;
  parser.at += 1;
  const value = parse(parser);
  parser.depth -= 1;
  return value;
}

function parseObject(parser: Parser): Json {
  const object: Record<string, Json> = {};
  if (accept(parser, "}")) return object;
  do {
    skipSpace(parser);
    const start = parser.at;
    if (parser.text[start] !== '"')
      return fail(parser, start, `Expected a name in quotes, got ${seen(parser)}`);
    const key = parseString(parser);
    if (key === refusedKey) return fail(parser, start, `The name "${refusedKey}" is not allowed`);
    if (Object.hasOwn(object, key))
      return fail(parser, start, `The name ${JSON.stringify(key)} appears twice`);
    if (!accept(parser, ":")) return fail(parser, parser.at, `Expected ":", got ${seen(parser)}`);
    object[key] = parseValue(parser);
  } while (accept(parser, ","));
  if (!accept(parser, "}"))
    return fail(parser, parser.at, `Expected "," or "}", got ${seen(parser)}`);
  return object;
}

function parseArray(parser: Parser): Json {
  const array: Json[] = [];
  if (accept(parser, "]")) return array;
  do array.push(parseValue(parser));
  while (accept(parser, ","));
  if (!accept(parser, "]"))
    return fail(parser, parser.at, `Expected "," or "]", got ${seen(parser)}`);
  return array;
}

function parseString(parser: Parser): string {
  const start = parser.at;
  const end = stringEnd(parser.text, start);
  if (end === null) {
    fail(
      parser,
      start,
      "The text in quotes does not end, or holds a character that must be escaped",
    );
    return "";
  }
  parser.at = end;
  const value: unknown = JSON.parse(parser.text.slice(start, end));
  return typeof value === "string" ? value : "";
}

const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** The index after the closing quote of a well-formed string; null for any other. */
function stringEnd(text: string, start: number): number | null {
  for (let i = start + 1; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 0x22) return i + 1;
    if (code < 0x20) return null;
    if (code !== 0x5c) continue;
    escape.lastIndex = i;
    if (!escape.test(text)) return null;
    i = escape.lastIndex - 1;
  }
  return null;
}

function parseAtom(parser: Parser): Json {
  const start = parser.at;
  const literal = match(parser, word);
  if (literal !== null) return literal === "null" ? null : literal === "true";
  const digits = match(parser, number);
  if (digits === null) return fail(parser, start, `Expected a value, got ${seen(parser)}`);
  const value = Number(digits);
  return Number.isFinite(value) ? value : fail(parser, start, `The number ${digits} is too large`);
}

function accept(parser: Parser, sign: string): boolean {
  skipSpace(parser);
  const found = parser.text[parser.at] === sign;
  if (found) parser.at += 1;
  return found;
}

function seen({ text, at }: Parser): string {
  const code = text.codePointAt(at);
  return code === undefined ? "the end" : JSON.stringify(String.fromCodePoint(code));
}
