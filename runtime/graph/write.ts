import { issueError } from "../base/issue.ts";
import type { Document } from "./document.ts";
import { formatIssue } from "../base/issue.ts";
import type { Json, JsonObject } from "./json.ts";
import { isJsonArray, isJsonObject } from "./json.ts";
import type { Layout } from "./layout.ts";
import { documentLayout, entryLayout, layoutFor } from "./layout.ts";
import { toPlain } from "./to-plain.ts";

const lineLength = 100;

/**
 * The canonical text: known fields in their documented order, all other keys sorted, short lists on one line, two
 * spaces, LF, a final newline. Equal documents give equal bytes.
 *
 * @throws IssueError for what JSON cannot say (a number that is not finite), rather than save something else.
 */
export function writeDocument(document: Document): string {
  const plain = toPlain(document);
  if (!plain.ok)
    throw issueError(
      "document.unwritable",
      `The document cannot be saved: ${formatIssue(plain.issue)}`,
      plain.issue.at,
    );
  return `${writeValue(plain.value, documentLayout, 0)}\n`;
}

function writeValue(value: Json, layout: Layout, indent: number): string {
  if (isJsonArray(value)) return writeArray(value, indent);
  if (!isJsonObject(value)) return writeAtom(value);
  const known = layoutFor(layout, value);
  const keys = keysInOrder(value, known.kind === "fields" ? Object.keys(known.fields) : []);
  if (keys.length === 0) return "{}";
  const inner = " ".repeat(indent + 2);
  const lines = keys.map((key) => {
    const entry = writeValue(value[key] ?? null, entryLayout(known, key), indent + 2);
    return `${inner}${writeAtom(key)}: ${entry}`;
  });
  return `{\n${lines.join(",\n")}\n${" ".repeat(indent)}}`;
}

function keysInOrder(value: JsonObject, known: readonly string[]): readonly string[] {
  const first = known.filter((key) => Object.hasOwn(value, key));
  const rest = Object.keys(value).filter((key) => !known.includes(key));
  return [...first, ...rest.toSorted()];
}

function writeArray(value: readonly Json[], indent: number): string {
  const line = oneLine(value, lineLength - indent);
  if (line !== null) return line;
  const inner = " ".repeat(indent + 2);
  const entries = value.map(
    (entry) => `${inner}${writeValue(entry, { kind: "free" }, indent + 2)}`,
  );
  return `[\n${entries.join(",\n")}\n${" ".repeat(indent)}]`;
}

/** A list of numbers, texts and such lists on one line; null when it holds objects or is too long. */
function oneLine(value: Json, room: number): string | null {
  if (isJsonObject(value) || room < 2) return null;
  if (!isJsonArray(value)) return writeAtom(value);
  let line = "";
  for (const entry of value) {
    const text = oneLine(entry, room - line.length);
    if (text === null) return null;
    line = line === "" ? text : `${line}, ${text}`;
    if (line.length + 2 > room) return null;
  }
  return `[${line}]`;
}

function writeAtom(value: null | boolean | number | string): string {
  return Object.is(value, -0) ? "-0" : JSON.stringify(value);
}
