import type { Document, Slot } from "../../runtime/graph/document.ts";
import { own } from "../../runtime/graph/own.ts";
import { idOf, scopeAt, scopeKeyOf, uiNameOf, type Key } from "../document/keys.ts";
import type { Message } from "../document/history.ts";
import { reachOf } from "./reach.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What was changed, since a document was run, that a thing is made from; null where nothing was. */
export function staleCauseOf(document: Document, ran: Document, key: Key): Message | null {
  const origin = reachOf(document, ran).changed.get(key);
  if (origin === undefined) return null;
  const node = uiNameOf(origin);
  const [before, after] = [ran, document].map((each) => paramsAt(each, origin));
  const names = before && after ? namesOfChanges(before, after) : [];
  const [param, ...more] = names;
  if (before === undefined || after === undefined || param === undefined || more.length > 0)
    return { key: "run.cause.node", values: { node } };
  const values = { node, param, before: inWords(before[param]), after: inWords(after[param]) };
  const isShort = values.before.length + values.after.length <= longest;
  return { key: isShort ? "run.cause.param" : "run.cause.param-long", values };
}

/** Of both values of a param together, in characters. */
const longest = 60;

/** The params of a node, or of a slot's default; undefined for what has none. */
function paramsAt(document: Document, key: Key): Fields | undefined {
  const [part, name = ""] = key.split("/");
  if (part === "inputs") return slotParams(own(document.inputs, name)?.default);
  const node =
    part === "graph" ? own(scopeAt(document, scopeKeyOf(key))?.body ?? {}, idOf(key)) : undefined;
  return node && { ...node.params };
}

/** A number that stands in a slot by itself is its `default`. */
function slotParams(given: Slot["default"]): Fields | undefined {
  if (typeof given === "number") return { default: given };
  return given !== undefined && "params" in given ? given.params : undefined;
}

const namesOfChanges = (before: Fields, after: Fields): readonly string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );

/** As it is written in the file; a param that is left out is its default. */
const inWords = (value: unknown): string =>
  value === undefined ? "–" : typeof value === "string" ? value : JSON.stringify(value);
