import { z } from "zod";
import { formatIssue } from "../../runtime/base/issue.ts";
import type { Body, Document } from "../../runtime/graph/document.ts";
import { isBlockNode } from "../../runtime/graph/document.ts";
import { parseJson } from "../../runtime/graph/json-parse.ts";
import { own } from "../../runtime/graph/own.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import type { Ref } from "../../runtime/graph/refs.ts";
import { writeDocument } from "../../runtime/graph/write.ts";
import { produce } from "immer";
import { unwire } from "./edits/references.ts";
import type { Message } from "./history.ts";
import { bodiesIn } from "./ids.ts";
import type { Key } from "./keys.ts";
import { idOf, scopeKeyOf, uiNameOf } from "./keys.ts";
import { nodeAt } from "./places.ts";
import { readsOf } from "./reads.ts";
import { uiEntryOf } from "./edits/ui-draft.ts";
import { uiOf } from "./ui.ts";
import { ownerKeyOf } from "./wires.ts";
import { isWithin } from "../../runtime/graph/within.ts";

/** A selection that stands for itself: a document of its own, and what its nodes read from around it. */
export interface Clip {
  /** Nodes in `graph`, blocks they use, and in `ui` where they stand, from the selection's corner. */
  readonly document: Document;
  /** References from outside, by the key of the place in `document` they end in. */
  readonly incoming: Readonly<Record<Key, Ref>>;
}

const clipSchema = z.strictObject({
  "denoodle-clip": z.literal(1),
  document: z.looseObject({}),
  incoming: z.record(z.string().max(2000), z.string().max(400)),
});

/** [K1] Nodes of one body (that of the first), with all in them, notes and frames; null where none is selected. */
export function copy(document: Document, keys: readonly Key[]): Clip | null {
  const nodes = keys.filter((key) => nodeAt(document, key) !== null);
  const marks = keys.flatMap((key) => uiEntryOf(key) ?? []);
  const [first] = nodes;
  if (first === undefined && marks.length === 0) return null;
  const body = first === undefined ? "" : scopeKeyOf(first);
  const chosen = nodes.filter((key) => scopeKeyOf(key) === body);
  const graph = Object.fromEntries(
    chosen.map((key) => [idOf(key), nodeAt(document, key)?.node]),
  ) as Body;
  const incoming = incomingOf(document, chosen);
  const whole: Document = {
    denoodle: 1,
    name: "",
    inputs: {},
    graph,
    outputs: {},
    blocks: blocksUsed(document, graph),
    ui: uiOfClip(document, chosen, marks),
  };
  const closed = produce(whole, (draft) => {
    for (const place of Object.keys(incoming)) unwire(draft, place);
  });
  return { document: closed, incoming };
}

/** Wires that come from outside the selection, by their place in the clip. */
function incomingOf(document: Document, chosen: readonly Key[]): Readonly<Record<Key, Ref>> {
  const holder = (key: Key): Key | undefined => chosen.find((node) => isWithin(key, node));
  const entries = readsOf(document).flatMap(({ key, target, ref, from, inExpression }) => {
    const node = holder(target);
    if (node === undefined || inExpression || from === null) return [];
    const isInner = holder(ownerKeyOf(from.source)) !== undefined;
    return isInner ? [] : [[`graph/${key.slice(scopeKeyOf(node).length + 1)}`, ref] as const];
  });
  return Object.fromEntries(entries);
}

/** The blocks that a body uses, and those that they use. */
export function blocksUsed({ blocks }: Document, graph: Body): Document["blocks"] {
  const used = new Set<string>();
  const visit = (body: Body): void => {
    for (const node of Object.values(body)) {
      if (isBlockNode(node) && !used.has(node.use)) {
        used.add(node.use);
        visit(own(blocks, node.use)?.graph ?? {});
      }
      for (const inner of bodiesIn(node)) visit(inner);
    }
  };
  visit(graph);
  return Object.fromEntries(Object.entries(blocks).filter(([name]) => used.has(name)));
}

/** Positions from the upper left corner of what is copied; those inside zones and blocks as they are. */
function uiOfClip(
  document: Document,
  chosen: readonly Key[],
  marks: readonly { readonly part: "notes" | "frames"; readonly id: string }[],
): Document["ui"] {
  const ui = uiOf(document);
  const names = chosen.map(uiNameOf);
  const entries = marks.map(({ part, id }) => ({ part, id, entry: ui[part][id] }));
  const points = [
    ...names.flatMap((name) => [own(ui.nodes, name) ?? []]),
    ...entries.map(({ entry }) => entry?.at ?? []),
  ].filter((point) => point.length === 2);
  const [left, top] = [0, 1].map((axis) => Math.min(...points.map((point) => point[axis] ?? 0)));
  const moved = ([x, y]: readonly [number, number]): [number, number] => [
    x - (Number.isFinite(left) ? (left ?? 0) : 0),
    y - (Number.isFinite(top) ? (top ?? 0) : 0),
  ];
  const inside = (name: string): string | null => {
    const at = names.findIndex((top) => name === top || name.startsWith(`${top}/`));
    const [node, key] = [names[at], chosen[at]];
    if (node === undefined || key === undefined) return name.startsWith("blocks/") ? name : null;
    return `${idOf(key)}${name.slice(node.length)}`;
  };
  const nodes = Object.entries(ui.nodes).flatMap(([name, point]) => {
    const to = inside(name);
    return to === null ? [] : [[to, names.includes(name) ? moved(point) : point] as const];
  });
  const labels = Object.entries(ui.labels).flatMap(([name, label]) => {
    const to = inside(name);
    return to === null ? [] : [[to, label] as const];
  });
  const part = (which: "notes" | "frames") =>
    Object.fromEntries(
      entries.flatMap(({ part: of, id, entry }) =>
        of === which && entry !== undefined
          ? [[id, { ...entry, at: moved(entry.at), scope: "graph" }]]
          : [],
      ),
    );
  return {
    nodes: Object.fromEntries(nodes),
    ...(labels.length === 0 ? {} : { labels: Object.fromEntries(labels) }),
    collapsed: ui.collapsed.flatMap((name) => inside(name) ?? []),
    notes: part("notes"),
    frames: part("frames"),
  };
}

export function writeClip({ document, incoming }: Clip): string {
  const text = JSON.parse(writeDocument(document)) as unknown;
  return `${JSON.stringify({ "denoodle-clip": 1, document: text, incoming }, null, 2)}\n`;
}

/** [K3] What text from a clipboard holds; a message where it is no clip, or a broken one. */
export function readClip(text: string): { readonly clip: Clip } | { readonly refused: Message } {
  const json = parseJson(text);
  const outer = json.ok ? clipSchema.safeParse(json.value) : null;
  if (outer === null || !outer.success) return { refused: { key: "edits.clip.notOne" } };
  const { document, issues } = readDocument(outer.data.document);
  const [issue] = issues;
  if (document === null || issue !== undefined)
    return {
      refused: {
        key: "edits.clip.malformed",
        values: { issue: issue === undefined ? "" : formatIssue(issue) },
      },
    };
  return { clip: { document, incoming: outer.data.incoming } };
}
