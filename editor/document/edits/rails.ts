import type { Draft } from "immer";
import type { IfZone, Loop } from "../../../runtime/graph/document.ts";
import { isForEach, isIfZone, isLoop, isWhile } from "../../../runtime/graph/document.ts";
import type { Ref } from "../../../runtime/graph/refs.ts";
import { own } from "../../../runtime/graph/own.ts";
import type { Resolved } from "../../../runtime/graph/resolve.ts";
import { isResolved, resolveRef } from "../../../runtime/graph/resolve.ts";
import { loopScope } from "../../../runtime/graph/scope.ts";
import { freeName, takenRails } from "../ids.ts";
import type { Key } from "../keys.ts";
import { loopRef } from "../loop-ref.ts";
import type { Read } from "../reads.ts";
import type { NodePlace } from "../places.ts";
import { nodeAt, placeOf } from "../places.ts";
import { ownerKeyOf } from "../wires.ts";
import type { DocumentDraft } from "./draft.ts";
import { deleteAt, nodeDraft, settled, tableAt } from "./draft.ts";
import { nameOf } from "./expose.ts";
import { rewriteReads } from "./references.ts";
import { forgetWire } from "./ui-draft.ts";

/** A wire dropped on a zone's border: from outside, or from a node of its body. */
export interface Dropped {
  readonly side: "outside" | "inside";
  readonly ref: Ref;
  /** Wanted; what the wire suggests where it is left out. */
  readonly name?: string;
}

/**
 * Adds a state. From outside the wire is its init, and it stays as it is until its next is wired; from inside it is its
 * next, and its init is still to come. Returns the rail's key.
 */
export function addState(
  draft: DocumentDraft,
  zone: Key,
  { side, ref, name }: Dropped,
): Key | null {
  const loop = loopAt(draft, zone);
  if (loop === null) return null;
  const rail = freeName(name ?? nameOf(ref), loop.taken);
  const state = side === "outside" ? { init: ref, next: `@${rail}` } : { init: "", next: ref };
  loop.zone.states = { ...loop.zone.states, [rail]: state };
  return `${zone}/states/${rail}`;
}

/** Adds a list whose elements a for-each zone visits; null for other zones. */
export function addEach(draft: DocumentDraft, zone: Key, ref: Ref, name?: string): Key | null {
  const loop = loopAt(draft, zone);
  if (loop === null || !isForEach(loop.zone)) return null;
  const rail = freeName(name ?? elementName(ref), loop.taken);
  loop.zone.each[rail] = ref;
  return `${zone}/each/${rail}`;
}

/** `level` of `@schedule.levels`, `next` of `nextLevels`. */
function elementName(ref: Ref): string {
  const name = nameOf(ref);
  return name === "nextLevels" ? "next" : name.replace(/s$/, "");
}

/** Collects a wire of the body. */
export function addScan(draft: DocumentDraft, zone: Key, ref: Ref, name?: string): Key | null {
  const loop = loopAt(draft, zone);
  if (loop === null) return null;
  const rail = freeName(name ?? nameOf(ref), loop.taken);
  loop.zone.scans = { ...loop.zone.scans, [rail]: ref };
  return `${zone}/scans/${rail}`;
}

/** Adds an output to both branches of an if; the other branch's is still to be wired. */
export function addBranchOutput(
  draft: DocumentDraft,
  zone: Key,
  {
    branch,
    ref,
    name,
  }: { readonly branch: "then" | "else"; readonly ref: Ref; readonly name?: string },
): Key | null {
  const node = nodeDraft(draft, zone) as Draft<IfZone> | null;
  if (node === null || !isIfZone(node)) return null;
  const rail = freeName(
    name ?? nameOf(ref),
    new Set([...Object.keys(node.then.outputs), ...Object.keys(node.else.outputs)]),
  );
  node[branch].outputs[rail] = ref;
  node[branch === "then" ? "else" : "then"].outputs[rail] = "";
  return `${zone}/outputs/${rail}`;
}

/** The condition that ends a loop early; null takes it away. A while zone's is the one that keeps it going. */
export function setEnd(draft: DocumentDraft, zone: Key, ref: Ref | null): void {
  const loop = loopAt(draft, zone);
  if (loop === null) return;
  if (isWhile(loop.zone)) loop.zone.while = ref ?? "";
  else if (ref === null) deleteAt(draft, `${zone}/stop`);
  else loop.zone.stop = ref;
}

/** Iterations that a state keeps. Reads of values that it then no longer keeps become reads of the oldest that it keeps. */
export function setDepth(draft: DocumentDraft, rail: Key, depth: 1 | 2 | 3): void {
  const place = placeOf(settled(draft), rail);
  const name = place?.rest[1];
  const state = name === undefined ? null : tableAt(draft, rail);
  if (place === null || state === null) return;
  rewriteReads(draft, ({ from, ref }) => {
    const source = from?.source;
    const isIt =
      source?.kind === "state" && source.name === name && ownerKeyOf(source) === place.key;
    if (!isIt || source.back < depth) return undefined;
    return ref.replace(`${name}.${source.back}`, depth === 1 ? name : `${name}.${depth - 1}`);
  });
  if (depth === 1) delete state["depth"];
  else state["depth"] = depth;
}

/** [E2] Removes a rail. Who read a state reads its init instead; other reads of it lose their wire. */
export function removeRail(draft: DocumentDraft, rail: Key): void {
  const place = placeOf(settled(draft), rail);
  const [group, name = ""] = place?.rest ?? [];
  if (place === null || group === undefined) return;
  const init = group === "states" ? initOf(place, name) : null;
  rewriteReads(draft, (read) => {
    if (read.key.startsWith(`${rail}/`) || !readsRail(read, place.key, group, name))
      return undefined;
    return init === null ? null : refTo(init, read);
  });
  if (group === "outputs")
    for (const branch of ["then", "else"])
      deleteAt(draft, `${place.key}/${branch}/outputs/${name}`);
  else deleteAt(draft, rail);
  for (const wire of [rail, `${rail}/init`, `${rail}/next`]) forgetWire(draft, wire);
}

function readsRail({ from }: Read, zone: Key, group: string, name: string): boolean {
  const source = from?.source;
  if (source === undefined || ownerKeyOf(source) !== zone) return false;
  if (source.kind === "port") return source.port === name && group !== "each";
  const kind = group === "states" ? "state" : group === "each" ? "element" : null;
  return source.kind === kind && source.name === name;
}

function initOf({ scope, node }: NodePlace, name: string): Resolved | null {
  const init = isLoop(node) ? own(node.states, name)?.init : undefined;
  const resolved = init === undefined ? null : resolveRef(scope, init);
  return resolved !== null && isResolved(resolved) ? resolved : null;
}

/** The init as its reader writes it; null where both take a field. */
function refTo(init: Resolved, { from, scope }: Read): Ref | null {
  const field = from?.field;
  if (field === undefined) return loopRef(init, scope);
  return init.field === undefined ? loopRef({ ...init, field }, scope) : null;
}

interface LoopDraft {
  readonly zone: Draft<Loop>;
  /** Names that no new rail can have. */
  readonly taken: ReadonlySet<string>;
}

function loopAt(draft: DocumentDraft, key: Key): LoopDraft | null {
  const place = nodeAt(settled(draft), key);
  if (place === null || !isLoop(place.node)) return null;
  const scope = loopScope(place.scope, place.id, place.node);
  const taken = new Set([...takenRails(scope), ...Object.keys(place.node.scans ?? {})]);
  return { zone: nodeDraft(draft, key) as Draft<Loop>, taken };
}
