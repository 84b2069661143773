import { produce } from "immer";
import type { Registry } from "../../../runtime/graph/define-node.ts";
import type { Document } from "../../../runtime/graph/document.ts";
import { analyse } from "../analysis.ts";
import type { Clip } from "../clipboard.ts";
import { copy } from "../clipboard.ts";
import { judge } from "../connect.ts";
import type { Message } from "../history.ts";
import { freeName, takenIds } from "../ids.ts";
import type { Key } from "../keys.ts";
import { scopeKeyOf } from "../keys.ts";
import { scopeOfSite, placeOf } from "../places.ts";
import type { Point } from "../ui.ts";
import { uiOf } from "../ui.ts";
import { bringBlocks } from "./bring-blocks.ts";
import type { DocumentDraft } from "./draft.ts";
import { scopeIn, setAt, settled } from "./draft.ts";
import { addFrame, addNote } from "./notes.ts";
import { rename } from "./rename.ts";
import { rewriteReads } from "./references.ts";
import { settleNames } from "./settle-names.ts";
import { uiPart } from "./ui-draft.ts";
import { isWithin } from "../../../runtime/graph/within.ts";

export interface Pasting {
  readonly body: Key;
  /** Where the selection's upper left corner goes. */
  readonly at: Point;
  /** Also wires from outside, where such a source is there and fits. */
  readonly withWires: boolean;
  readonly registry: Registry;
}

/** Why a clip cannot go into a body: a block would contain itself. */
export function whyNotPaste({ document }: Pick<Clip, "document">, body: Key): Message | null {
  const [first, block] = body.split("/");
  if (first !== "blocks" || block === undefined) return null;
  const isUsed = Object.hasOwn(document.blocks, block);
  return isUsed ? { key: "edits.clip.itself", values: { name: block } } : null;
}

/** [K2] Puts a clip into a body, under new ids and block names where the old are taken. Returns the new keys. */
export function paste(draft: DocumentDraft, clip: Clip, pasting: Pasting): readonly Key[] {
  const { body, at, withWires, registry } = pasting;
  if (whyNotPaste(clip, body) !== null) return [];
  const fresh = { ...clip, document: bringBlocks(draft, clip.document).document };
  const ids = newIds(draft, fresh.document, body);
  const document = produce(fresh.document, (copied) => {
    for (const [from, to] of ids) rename(copied, `graph/${from}`, to);
  });
  const keys = Object.entries(document.graph).map(([id, node]) => {
    setAt(draft, `${body}/${id}`, node);
    return `${body}/${id}`;
  });
  if (withWires) connectIncoming(draft, fresh, { ids, body, registry });
  const marks = placeAll(draft, document, body, at);
  for (const key of keys) settleNames(draft, key);
  rewriteReads(draft, ({ target, from, ref }) => {
    const isNew = keys.some((key) => isWithin(target, key));
    return isNew && from === null && ref !== "" ? null : undefined;
  });
  return [...keys, ...marks];
}

function newIds(draft: DocumentDraft, { graph }: Document, body: Key): ReadonlyMap<string, string> {
  const taken = new Set([...takenIds(scopeIn(draft, body)), ...Object.keys(graph)]);
  const around = takenIds(scopeIn(draft, body));
  return new Map(
    Object.keys(graph).flatMap((id) => {
      if (!around.has(id)) return [];
      const to = freeName(id, taken);
      taken.add(to);
      return [[id, to] as const];
    }),
  );
}

interface Target {
  readonly ids: ReadonlyMap<string, string>;
  readonly body: Key;
  readonly registry: Registry;
}

function connectIncoming(
  draft: DocumentDraft,
  { incoming }: Clip,
  { ids, body, registry }: Target,
): void {
  const analysis = analyse(settled(draft), registry);
  for (const [place, ref] of Object.entries(incoming)) {
    const [id = "", ...rest] = place.split("/").slice(1);
    const key = [body, ids.get(id) ?? id, ...rest].join("/");
    const site = placeOf(analysis.document, key);
    if (site === null) continue;
    const verdict = judge(analysis, registry, { scope: scopeOfSite(site), ref }, key);
    if (verdict.ok) setAt(draft, key, verdict.ref);
  }
}

/** Positions, closed zones, notes and frames of a clip; returns the keys of the last two. */
function placeAll(
  draft: DocumentDraft,
  document: Document,
  body: Key,
  [left, top]: Point,
): readonly Key[] {
  const ui = uiOf(document);
  const prefix = uiPrefixOf(body);
  const nodes = Object.entries(ui.nodes);
  for (const [name, [x, y]] of nodes) {
    const isTop = !name.includes("/");
    if (name.startsWith("blocks/")) continue;
    uiPart(draft, "nodes")[`${prefix}${name}`] = isTop
      ? [Math.round(x + left), Math.round(y + top)]
      : [x, y];
  }
  for (const [name, label] of Object.entries(ui.labels))
    if (!name.startsWith("blocks/")) uiPart(draft, "labels")[`${prefix}${name}`] = label;
  const collapsed = ui.collapsed.filter((name) => !name.startsWith("blocks/"));
  if (collapsed.length > 0)
    uiPart(draft, "collapsed").push(...collapsed.map((name) => `${prefix}${name}`));
  const moved = <T extends { at: [number, number]; scope: string }>(entry: T): T => ({
    ...entry,
    at: [entry.at[0] + left, entry.at[1] + top],
    scope: body,
  });
  return [
    ...Object.values(ui.notes).map((note) => addNote(draft, moved(note))),
    ...Object.values(ui.frames).map((frame) => addFrame(draft, moved(frame))),
  ];
}

/** What `uiNameOf` puts before the name of a node of a body. */
function uiPrefixOf(body: Key): string {
  const path = body.split("/");
  const block = path[0] === "blocks" ? path.slice(0, 2) : [];
  const inside = path.slice(block.length + 1).filter((part) => part !== "body");
  return [...block, ...inside].map((part) => `${part}/`).join("");
}

/** [K4] Copies nodes, notes and frames in their body, with the wires into them. Returns the new keys. */
export function duplicate(
  draft: DocumentDraft,
  registry: Registry,
  keys: readonly Key[],
  at: Point,
): readonly Key[] {
  const clip = copy(settled(draft), keys);
  const [first] = keys;
  if (clip === null || first === undefined) return [];
  return paste(draft, clip, { body: scopeKeyOf(first), at, withWires: true, registry });
}
