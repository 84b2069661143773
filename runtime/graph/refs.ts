import type { Issue } from "../base/issue.ts";
import { namePattern } from "./name-pattern.ts";

/** Where a value comes from, as written on its consumer: `node.port`, `@name`, either with `.field`. */
export type Ref = string;

/**
 * A reference taken apart; what its names mean depends on the scope.
 * `@x.sigma`, `@x.1`, `@anneal.level.sigma`: the parts after the name stay in `rest`.
 */
export type ParsedRef =
  | { readonly kind: "port"; readonly node: string; readonly port: string; readonly field?: string }
  | { readonly kind: "name"; readonly name: string; readonly rest: readonly string[] };

const longest = 400;
const partsAfterName = 3;

/** An Issue when the text is no reference; its `at` is empty, for the caller to fill. */
export function parseRef(text: string): ParsedRef | Issue {
  const before = parsed.get(text);
  if (before !== undefined) return before;
  const result = parse(text);
  if (parsed.size >= mostParsed) parsed.clear();
  parsed.set(text, result);
  return result;
}

/** A document's references are parsed many times: to resolve, to order, to type them, and after every edit. */
const parsed = new Map<string, ParsedRef | Issue>();
const mostParsed = 20_000;

function parse(text: string): ParsedRef | Issue {
  if (text === "") return nothing;
  if (text.length > longest) return malformed(`${text.slice(0, 40)}…`);
  return text.startsWith("@") ? parseName(text) : parsePort(text);
}

export function formatRef(ref: ParsedRef): Ref {
  if (ref.kind === "name") return `@${[ref.name, ...ref.rest].join(".")}`;
  const { node, port, field } = ref;
  return [node, port, ...(field === undefined ? [] : [field])].join(".");
}

/** True for the result of a parse that failed. */
export function isIssue(result: ParsedRef | Issue): result is Issue {
  return "code" in result;
}

function parseName(text: string): ParsedRef | Issue {
  const [name = "", ...rest] = text.slice(1).split(".");
  const good =
    namePattern.test(name) &&
    rest.length <= partsAfterName &&
    rest.every((part) => namePattern.test(part) || /^[12]$/.test(part));
  return good ? { kind: "name", name, rest } : malformed(text);
}

function parsePort(text: string): ParsedRef | Issue {
  const [node = "", port = "", field, ...more] = text.split(".");
  const parts = field === undefined ? [node, port] : [node, port, field];
  if (more.length > 0 || !parts.every((part) => namePattern.test(part))) return malformed(text);
  return { kind: "port", node, port, ...(field === undefined ? {} : { field }) };
}

/** What stands where a wire is still to come. */
const nothing: Issue = {
  code: "ref.missing",
  message: "A wire is missing here.",
  at: {},
  expected: "a reference",
  got: "none",
};

function malformed(text: string): Issue {
  return {
    code: "ref.malformed",
    message: `Expected a reference, got ${JSON.stringify(text)}.`,
    at: {},
    expected: "a reference",
    got: JSON.stringify(text),
    fix: 'Write "node.port", or "@name" for an input or a rail; one field may follow ("@level.sigma").',
  };
}
