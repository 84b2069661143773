import type { Json } from "./json.ts";
import { isJsonObject } from "./json.ts";
import { structuralTypes } from "./document.ts";

/** What a value of a graph file is, as far as the order of its keys goes. */
export type Layout =
  /** Known fields, in the order in which they are written. */
  | { readonly kind: "fields"; readonly fields: Readonly<Record<string, Layout>> }
  /** Names chosen by the user. */
  | { readonly kind: "names"; readonly of: Layout }
  /** Depends on the value. */
  | { readonly kind: "choice"; choose(value: Json): Layout }
  /** Anything. */
  | { readonly kind: "free" };

const free: Layout = { kind: "free" };
const fields = (known: Readonly<Record<string, Layout>>): Layout => ({
  kind: "fields",
  fields: known,
});
const names = (of: Layout): Layout => ({ kind: "names", of });
const refs = names(free);

const about = fields({ summary: free, paper: free, equations: free, departures: free });
const nodeDefault = fields({ type: free, v: free, params: free });
const slot = fields({
  kind: free,
  default: {
    kind: "choice",
    choose: (value) =>
      isJsonObject(value) && "asset" in value ? fields({ asset: free, sha256: free }) : nodeDefault,
  },
  optional: free,
  description: free,
});

const node: Layout = { kind: "choice", choose: nodeLayout };
const body = names(node);
const branch = fields({ body, outputs: refs });
const state = fields({ init: free, next: free, depth: free });
const head = { type: free, v: free, params: free, in: refs };
const loop = { states: names(state), scans: refs };

/** Each zone's own fields; a table like this one is all that writing knows of node kinds. */
const byType: Readonly<Record<string, Layout>> = {
  block: fields({ type: free, use: free, params: free, in: refs }),
  "zone/repeat": fields({ ...head, ...loop, stop: free, body }),
  "zone/for-each": fields({ ...head, each: refs, ...loop, stop: free, body }),
  "zone/while": fields({ ...head, while: free, ...loop, body }),
  "zone/if": fields({ ...head, then: branch, else: branch }),
};
const plain = fields(head);

function nodeLayout(value: Json): Layout {
  const type = isJsonObject(value) ? value["type"] : undefined;
  return typeof type === "string" && structuralTypes.has(type) ? (byType[type] ?? plain) : plain;
}

const slots = names(slot);
const block = fields({
  name: free,
  about,
  inputs: slots,
  graph: body,
  outputs: refs,
  sha256: free,
});

export const documentLayout: Layout = fields({
  denoodle: free,
  name: free,
  about,
  task: free,
  inputs: slots,
  graph: body,
  outputs: refs,
  blocks: names(block),
  ui: free,
});

/** The layout that holds for a value. */
export function layoutFor(layout: Layout, value: Json): Exclude<Layout, { kind: "choice" }> {
  return layout.kind === "choice" ? layoutFor(layout.choose(value), value) : layout;
}

/** The layout of an entry of an object. */
export function entryLayout(layout: Exclude<Layout, { kind: "choice" }>, key: string): Layout {
  if (layout.kind === "names") return layout.of;
  if (layout.kind === "free") return free;
  return Object.hasOwn(layout.fields, key) ? (layout.fields[key] ?? free) : free;
}
