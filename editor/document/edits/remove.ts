import type { Registry } from "../../../runtime/graph/define-node.ts";
import type { Document } from "../../../runtime/graph/document.ts";
import { isLoop } from "../../../runtime/graph/document.ts";
import { own } from "../../../runtime/graph/own.ts";
import type { Ref } from "../../../runtime/graph/refs.ts";
import { isResolved, resolveRef } from "../../../runtime/graph/resolve.ts";
import { analyse } from "../analysis.ts";
import type { Analysis } from "../analysis.ts";
import { judge } from "../connect.ts";
import type { Key } from "../keys.ts";
import { interfaceAt, nodeAt, placeOf } from "../places.ts";
import type { Read } from "../reads.ts";
import { loopRef } from "../loop-ref.ts";
import { ownerKeyOf } from "../wires.ts";
import { renameInUses } from "./block-uses.ts";
import { disconnect } from "./connect.ts";
import type { DocumentDraft } from "./draft.ts";
import { deleteAt, settled } from "./draft.ts";
import { removeRail } from "./rails.ts";
import { rewriteReads } from "./references.ts";
import { followUi, uiEntryOf, uiPart } from "./ui-draft.ts";
import { isWithin } from "../../../runtime/graph/within.ts";

/** What stands in for a source that goes away, in a place that reads it; null for nothing. */
type Heir = (read: Read) => Ref | null;

/** [E2] Removes nodes, zones, slots, outputs, rails, wires, notes and frames, and every wire that came from them. */
export function remove(draft: DocumentDraft, keys: readonly Key[]): void {
  removeWith(draft, keys, () => null);
}

/** [E3] As `remove`; who read a removed node reads what that node read, where types permit. */
export function removeAndHeal(
  draft: DocumentDraft,
  keys: readonly Key[],
  registry: Registry,
): void {
  const document = settled(draft);
  const analysis = analyse(document, registry);
  const gone = keys.filter((key) => nodeAt(document, key) !== null);
  removeWith(draft, keys, (read) => heirOf({ analysis, registry, gone }, read));
}

function removeWith(draft: DocumentDraft, keys: readonly Key[], heir: Heir): void {
  const document = settled(draft);
  const nodes = keys.filter((key) => nodeAt(document, key) !== null);
  const slots = keys.filter((key) => interfaceAt(key)?.group === "inputs");
  const isGone = (key: Key): boolean => nodes.some((node) => isWithin(key, node));
  rewriteReads(draft, (read) => {
    if (read.from === null || isGone(read.target)) return undefined;
    const owner = ownerKeyOf(read.from.source);
    if (slots.includes(owner)) return null;
    return read.from.source.kind === "port" && nodes.includes(owner) ? heir(read) : undefined;
  });
  for (const key of keys) removeOne(draft, document, key);
}

function removeOne(draft: DocumentDraft, document: Document, key: Key): void {
  const entry = uiEntryOf(key);
  if (entry !== null) {
    delete uiPart(draft, entry.part)[entry.id];
    return;
  }
  const place = placeOf(document, key);
  const outside = interfaceAt(key);
  if (place !== null && place.rest.length > 0) removePart(draft, key, place.rest);
  else if (outside !== null && outside.block !== null)
    renameInUses(draft, {
      block: outside.block,
      group: outside.group,
      from: outside.name,
      to: null,
    });
  if (place === null || place.rest.length === 0) {
    deleteAt(draft, key);
    followUi(draft, { from: key, to: null });
  }
}

/** A rail where the key names one, else the wire that ends there. */
function removePart(
  draft: DocumentDraft,
  key: Key,
  [group = "", , ...more]: readonly string[],
): void {
  const isRail = more.length === 0 && ["states", "each", "scans", "outputs"].includes(group);
  if (isRail) removeRail(draft, key);
  else disconnect(draft, [key]);
}

interface Healing {
  readonly analysis: Analysis;
  readonly registry: Registry;
  readonly gone: readonly Key[];
}

/** What a node that goes away read, of the port's name first, else the first that fits where its value was read. */
export function heirOf(healing: Healing, read: Read): Ref | null {
  const source = read.from?.source;
  if (source?.kind !== "port") return null;
  const { node, port, scope } = source;
  const wires = isLoop(node) ? initsOf(node.states, port) : Object.entries(node.in ?? {});
  const ordered = wires.toSorted(([a], [b]) => Number(b === port) - Number(a === port));
  for (const [, ref] of ordered) {
    const heir = withField(healing, read, scope, ref);
    if (heir !== null) return heir;
  }
  return null;
}

const initsOf = (
  states: Readonly<Record<string, { readonly init: Ref }>> | undefined,
  port: string,
): readonly (readonly [string, Ref])[] => {
  const state = own(states, port);
  return state === undefined ? [] : [[port, state.init]];
};

function withField(healing: Healing, read: Read, scope: Read["scope"], ref: Ref): Ref | null {
  const { analysis, registry, gone } = healing;
  const resolved = resolveRef(scope, ref);
  if (!isResolved(resolved)) return null;
  const { source } = resolved;
  if (source.kind === "port" && gone.includes(ownerKeyOf(source))) {
    // a chain goes away: its first node's source is what remains
    return heirOf(healing, { ...read, from: resolved });
  }
  const field = read.from?.field;
  const whole =
    field === undefined || resolved.field !== undefined ? resolved : { ...resolved, field };
  const candidate = loopRef(whole, read.scope);
  const verdict = judge(analysis, registry, { scope, ref: loopRef(whole, scope) }, read.key);
  return verdict.ok ? (verdict.ref === candidate ? candidate : verdict.ref) : null;
}
