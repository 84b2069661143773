import type { Ref } from "../../../runtime/graph/refs.ts";
import { isIfZone } from "../../../runtime/graph/document.ts";
import type { Key } from "../keys.ts";
import { keyOf, pathOf } from "../keys.ts";
import type { NodePlace } from "../places.ts";
import { placeOf } from "../places.ts";
import type { Read } from "../reads.ts";
import { readsOf } from "../reads.ts";
import type { DocumentDraft } from "./draft.ts";
import { deleteAt, setAt, settled, tableAt } from "./draft.ts";

/** What becomes of a read: another reference, none (null), or what it was (undefined). */
export type Decision = Ref | null | undefined;

/** Asks about every read of the document as it is now, then rewrites those that change. */
export function rewriteReads(draft: DocumentDraft, decide: (read: Read) => Decision): void {
  for (const read of readsOf(settled(draft))) {
    const ref = decide(read);
    if (ref === undefined || ref === read.ref) continue;
    if (read.inExpression) rewriteExpression(draft, read, ref);
    else if (ref === null) unwire(draft, read.key);
    else setAt(draft, read.key, ref);
  }
}

/** [E4] Takes the wire away from a place; one that must have a wire is left open, a state stays as it is. */
export function unwire(draft: DocumentDraft, key: Key): void {
  const path = pathOf(key);
  const owner = tableAt(draft, keyOf(path.slice(0, -1)));
  const last = path.at(-1) ?? "";
  if (owner === null || !Object.hasOwn(owner, last)) return;
  const place = placeOf(settled(draft), key);
  if (place === null) owner[last] = "";
  else if (isOptional(place)) deleteAt(draft, key);
  else owner[last] = isNextOfState(place) ? `@${place.rest[1]}` : "";
}

const isNextOfState = ({ rest: [group, , side] }: NodePlace): boolean =>
  group === "states" && side === "next";

function isOptional({ node, rest: [part, name] }: NodePlace): boolean {
  return part === "stop" || (part === "in" && !(isIfZone(node) && name === "condition"));
}

const nameToken = /@?[A-Za-z][A-Za-z0-9_]*(?:\.(?:[A-Za-z][A-Za-z0-9_]*|[12](?![0-9])))*/g;

/** A name that is gone gives its place to the default of the input that it was, or else takes the param with it. */
function rewriteExpression(draft: DocumentDraft, read: Read, ref: Ref | null): void {
  const path = pathOf(read.key);
  const params = tableAt(draft, keyOf(path.slice(0, -1)));
  const text = params?.[path.at(-1) ?? ""];
  if (typeof text !== "string") return;
  const replacement = ref ?? defaultOf(read);
  if (replacement === null) deleteAt(draft, read.key);
  else
    setAt(
      draft,
      read.key,
      text.replaceAll(nameToken, (name) => (name === read.ref ? replacement : name)),
    );
}

function defaultOf({ from }: Read): string | null {
  if (from?.source.kind !== "input" || from.field !== undefined) return null;
  const value = from.source.slot.default;
  return typeof value === "number" && value >= 0 ? String(value) : null;
}
