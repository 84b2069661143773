import type { z } from "zod";
import { formatGot } from "./format-got.ts";
import type { FilePath } from "./file-path.ts";

/** One fault of a value, in words. `message` is a whole sentence. */
export interface Fault {
  readonly path: FilePath;
  readonly message: string;
  readonly expected: string;
  readonly got: string;
}

type ZodIssue = z.core.$ZodIssue;

/** Zod's issues about `input` as plain sentences, each at its own path. */
export function faultsOf(issues: readonly ZodIssue[], input: unknown): readonly Fault[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map((key) => (typeof key === "number" ? key : String(key)));
    const nested = nestedIssues(issue);
    if (nested !== null)
      return faultsOf(nested, at(input, path)).map((fault) => ({
        ...fault,
        path: [...path, ...fault.path],
      }));
    return [faultOf(issue, path, at(input, path))];
  });
}

/** The issues of the alternative that the value was meant to be; null where there are none to choose from. */
function nestedIssues(issue: ZodIssue): readonly ZodIssue[] | null {
  if (issue.code === "invalid_key" || issue.code === "invalid_element") return issue.issues;
  if (issue.code !== "invalid_union") return null;
  const meant = issue.errors.filter((errors) => !errors.some(isOtherKind));
  return meant.length === 1 ? (meant[0] ?? null) : null;
}

/** An issue that says "this value is of another alternative". */
function isOtherKind(issue: ZodIssue): boolean {
  if (issue.path.length === 0) return issue.code === "invalid_type";
  const isTag = issue.path.length === 1 && issue.path[0] === "type";
  return isTag && issue.code !== "invalid_type";
}

function at(input: unknown, path: FilePath): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    return Object.entries(value).find(([name]) => name === String(key))?.[1];
  }, input);
}

function faultOf(issue: ZodIssue, path: FilePath, value: unknown): Fault {
  const got = formatGot(value);
  const expected = expectedOf(issue);
  if (expected === null) {
    // a refinement written for people
    const message = issue.code === "custom" ? issue.message : "The value does not fit.";
    return { path, message: endSentence(message), expected: message, got };
  }
  return { path, message: `Expected ${expected}, got ${got}.`, expected, got };
}

function expectedOf(issue: ZodIssue): string | null {
  switch (issue.code) {
    case "invalid_type":
      return typeNames[issue.expected] ?? `a value of type ${issue.expected}`;
    case "invalid_value":
      return choiceOf(issue.values);
    case "too_small":
      return boundOf(issue, issue.minimum, ["at least", "above"]);
    case "too_big":
      return boundOf(issue, issue.maximum, ["at most", "below"]);
    case "not_multiple_of":
      return `a multiple of ${issue.divisor}`;
    case "invalid_format":
      return formats[issue.pattern ?? issue.format] ?? "text of another form";
    case "invalid_union":
      return issue.message === "Invalid input"
        ? "a value of one of the known forms"
        : issue.message;
    default:
      return null;
  }
}

function choiceOf(values: readonly z.core.util.Primitive[]): string {
  return values.length === 1
    ? JSON.stringify(values[0])
    : `one of ${values.map(String).join(", ")}`;
}

const typeNames: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "an object",
  record: "an object",
  array: "a list",
  tuple: "a list",
  null: "null",
};

const formats: Readonly<Record<string, string>> = {
  "/^[0-9a-f]{64}$/": "a SHA-256 of 64 lower-case hexadecimal digits",
};

/** `words`: for a bound that is allowed itself, and for one that is not. */
function boundOf(
  { origin, inclusive }: { readonly origin: string; readonly inclusive?: boolean | undefined },
  bound: number | bigint,
  words: readonly [string, string],
): string {
  const relation = inclusive === false ? words[1] : words[0];
  if (origin === "string") return `text of ${relation} ${bound} characters`;
  if (origin === "array" || origin === "set") return `a list of ${relation} ${bound} entries`;
  return inclusive === false ? `a number ${relation} ${bound}` : `a number of ${relation} ${bound}`;
}

function endSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
