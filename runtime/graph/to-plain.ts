import type { Issue } from "../base/issue.ts";
import type { FilePath } from "./file-path.ts";
import { formatGot } from "./format-got.ts";
import type { Json } from "./json.ts";
import { jsonLimits, refusedKey } from "./json.ts";
import type { JsonResult } from "./json-parse.ts";

interface Copy {
  values: number;
  issue: Issue | null;
}

/**
 * A copy of any value as plain JSON data; entries that are `undefined` are left out. Refused, with the path: what JSON
 * cannot say, a value inside itself, and what `parseJson` refuses.
 */
export function toPlain(input: unknown): JsonResult {
  const copy: Copy = { values: 0, issue: null };
  try {
    const value = plain(copy, input, []);
    return copy.issue === null ? { ok: true, value } : { ok: false, issue: copy.issue };
  } catch {
    // a getter or a proxy of the caller's threw, anything at all
    return {
      ok: false,
      issue: jsonIssue([], "The value cannot be read: a property of it throws."),
    };
  }
}

function plain(copy: Copy, value: unknown, path: FilePath): Json {
  copy.values += 1;
  if (copy.issue !== null) return null;
  if (copy.values > jsonLimits.values)
    return refuse(copy, [], `More than ${jsonLimits.values} values`);
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number")
    return Number.isFinite(value)
      ? value
      : refuse(copy, path, `Expected a finite number, got ${value}`);
  if (typeof value !== "object")
    return refuse(copy, path, `Expected a value that JSON can say, got ${kindOf(value)}`);
  if (path.length >= jsonLimits.depth)
    return refuse(copy, path.slice(0, 8), `Values are nested more than ${jsonLimits.depth} deep`);
  if (Array.isArray(value)) return plainArray(copy, value, path);
  return plainObject(copy, value, path);
}

function kindOf(value: unknown): string {
  return value === undefined ? "nothing" : `a ${typeof value}`;
}

function plainArray(copy: Copy, value: readonly unknown[], path: FilePath): Json {
  if (value.length > jsonLimits.values)
    return refuse(copy, path, `The list has ${value.length} entries`);
  return Array.from(value, (entry, i) => plain(copy, entry, [...path, i]));
}

function plainObject(copy: Copy, value: object, path: FilePath): Json {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype)
    return refuse(copy, path, `Expected plain data, got ${formatGot(value)} of a class`);
  const object: Record<string, Json> = {};
  for (const [key, entry] of Object.entries(value)) {
    if (key === refusedKey) return refuse(copy, path, `The name "${refusedKey}" is not allowed`);
    if (entry !== undefined) object[key] = plain(copy, entry, [...path, key]);
  }
  return object;
}

function refuse(copy: Copy, path: FilePath, message: string): null {
  copy.issue ??= jsonIssue(path, `${message}.`);
  return null;
}

function jsonIssue(path: FilePath, message: string): Issue {
  return { code: "json.invalid", message, at: { path } };
}
