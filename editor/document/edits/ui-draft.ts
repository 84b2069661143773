import type { Key } from "../keys.ts";
import { pathOf, uiNameOf } from "../keys.ts";
import type { Ui } from "../ui.ts";
import { uiOf } from "../ui.ts";
import type { DocumentDraft } from "./draft.ts";
import { settled } from "./draft.ts";

/** A part of the layout block, to be written; a faulty or missing part begins anew. */
export function uiPart<Name extends keyof Ui>(draft: DocumentDraft, name: Name): Ui[Name] {
  const { ui } = draft;
  if (typeof ui !== "object" || ui === null) draft.ui = {};
  const table = draft.ui as Record<string, unknown>;
  const read = uiOf(settled(draft))[name];
  const raw = table[name];
  const isSound = typeof raw === "object" && raw !== null && sameKeys(raw, read);
  if (!isSound) table[name] = structuredClone(read);
  return table[name];
}

const sameKeys = (raw: object, read: unknown): boolean =>
  typeof read === "object" && read !== null && Object.keys(raw).length === Object.keys(read).length;

const hasUi = ({ ui }: DocumentDraft): boolean => typeof ui === "object" && ui !== null;

/** Bends and portal of a wire. */
export function forgetWire(draft: DocumentDraft, key: Key): void {
  if (!hasUi(draft)) return;
  const { reroutes, portals } = uiOf(settled(draft));
  if (reroutes[key] !== undefined) delete uiPart(draft, "reroutes")[key];
  if (portals.includes(key)) removeFrom(uiPart(draft, "portals"), key);
}

export function removeFrom(list: string[], entry: string): void {
  const at = list.indexOf(entry);
  if (at >= 0) list.splice(at, 1);
}

/** Where a thing goes: another key, or nowhere (null). */
export interface Move {
  readonly from: Key;
  readonly to: Key | null;
}

/** Lets positions, marks, bends and probes of a node, and of all in it, follow it. */
export function followUi(draft: DocumentDraft, { from, to }: Move): void {
  if (!hasUi(draft)) return;
  const ui = uiOf(settled(draft));
  const name = mover(uiNameOf(from), to === null ? null : uiNameOf(to));
  const key = mover(from, to);
  for (const part of ["nodes", "labels", "bypassed"] as const)
    moveEntries(draft, part, Object.keys(ui[part]), name);
  for (const id of Object.keys(ui.bypassed)) moveReaders(draft, name(id) ?? id, key);
  moveEntries(draft, "reroutes", Object.keys(ui.reroutes), key);
  for (const part of ["notes", "frames"] as const) moveScopes(draft, part, key);
  moveViews(draft, key);
  moveList(draft, "collapsed", ui.collapsed, name);
  moveList(draft, "portals", ui.portals, key);
  const wire: Renaming = (probe) => {
    const dot = probe.indexOf(".");
    const moved = name(dot < 0 ? probe : probe.slice(0, dot));
    return moved === undefined || moved === null
      ? moved
      : `${moved}${dot < 0 ? "" : probe.slice(dot)}`;
  };
  moveList(draft, "probes", ui.probes, wire);
  moveBreakpoints(draft, { wire, zone: name });
}

/** Another name, none (null), or the same (undefined). */
type Renaming = (name: string) => string | null | undefined;

const mover =
  (from: string, to: string | null): Renaming =>
  (name) => {
    if (name !== from && !name.startsWith(`${from}/`)) return undefined;
    return to === null ? null : `${to}${name.slice(from.length)}`;
  };

function moveEntries(
  draft: DocumentDraft,
  part: "nodes" | "labels" | "bypassed" | "reroutes",
  names: readonly string[],
  rename: Renaming,
): void {
  for (const name of names) {
    const moved = rename(name);
    if (moved === undefined) continue;
    const table = uiPart(draft, part) as Record<string, unknown>;
    const entry = table[name];
    delete table[name];
    if (moved !== null) table[moved] = entry;
  }
}

/** The places that read a node before it was passed by. */
function moveReaders(draft: DocumentDraft, node: string, rename: Renaming): void {
  const places = Object.keys(uiOf(settled(draft)).bypassed[node] ?? {});
  for (const place of places) {
    const moved = rename(place);
    const table = moved === undefined ? undefined : uiPart(draft, "bypassed")[node];
    const ref = table?.[place];
    if (table === undefined || ref === undefined) continue;
    delete table[place];
    if (moved !== null && moved !== undefined) table[moved] = ref;
  }
}

function moveList(
  draft: DocumentDraft,
  part: "collapsed" | "portals" | "probes",
  names: readonly string[],
  rename: Renaming,
): void {
  if (names.every((name) => rename(name) === undefined)) return;
  const list = uiPart(draft, part);
  const moved = names.map((name) => {
    const next = rename(name);
    return next === undefined ? name : next;
  });
  list.splice(0, list.length, ...moved.filter((name) => name !== null));
}

/** Those of a place that goes away go with it. */
function moveBreakpoints(
  draft: DocumentDraft,
  renamings: { readonly wire: Renaming; readonly zone: Renaming },
): void {
  const sides = ["wire", "zone"] as const;
  const moves = uiOf(settled(draft)).breakpoints.map((breakpoint) =>
    sides.map((side) => {
      const at = breakpoint[side];
      return at === null ? undefined : renamings[side](at);
    }),
  );
  if (moves.flat().every((moved) => moved === undefined)) return;
  const list = uiPart(draft, "breakpoints");
  const kept = list.flatMap((breakpoint, i) => {
    const [wire, zone] = moves[i] ?? [];
    if (wire === null || zone === null) return [];
    return [{ ...breakpoint, wire: wire ?? breakpoint.wire, zone: zone ?? breakpoint.zone }];
  });
  list.splice(0, list.length, ...kept);
}

/** Views of a body that goes away go with it. */
function moveViews(draft: DocumentDraft, rename: Renaming): void {
  if (uiOf(settled(draft)).views.every(({ scope }) => rename(scope) === undefined)) return;
  const list = uiPart(draft, "views");
  const kept = list.flatMap((view) => {
    const scope = rename(view.scope);
    return scope === null ? [] : [{ ...view, scope: scope ?? view.scope }];
  });
  list.splice(0, list.length, ...kept);
}

/** Notes and frames of a body that goes away go with it. */
function moveScopes(draft: DocumentDraft, part: "notes" | "frames", rename: Renaming): void {
  for (const [id, { scope }] of Object.entries(uiOf(settled(draft))[part])) {
    const moved = rename(scope);
    if (moved === undefined) continue;
    const table = uiPart(draft, part);
    const entry = table[id];
    if (moved === null) delete table[id];
    else if (entry !== undefined) entry.scope = moved;
  }
}

/** True of a note or frame by its key. */
export const uiEntryOf = (
  key: Key,
): { readonly part: "notes" | "frames"; readonly id: string } | null => {
  const [first, part, id] = pathOf(key);
  if (first !== "ui" || id === undefined) return null;
  return part === "notes" || part === "frames" ? { part, id } : null;
};
