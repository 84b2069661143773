import type { Document } from "../../../runtime/graph/document.ts";
import { isIfZone, isLoop } from "../../../runtime/graph/document.ts";
import type { Ref } from "../../../runtime/graph/refs.ts";
import type { Message } from "../history.ts";
import { isName, takenIds, takenRails, takenSlots } from "../ids.ts";
import type { Key } from "../keys.ts";
import { idOf, keyOf, pathOf, scopeAt, scopeKeyOf, uiNameOf } from "../keys.ts";
import type { NodePlace } from "../places.ts";
import { interfaceAt, nodeAt, placeOf } from "../places.ts";
import type { Read } from "../reads.ts";
import { readersOf } from "../reads.ts";
import { loopScope } from "../../../runtime/graph/scope.ts";
import { ownerKeyOf } from "../wires.ts";
import { renameInUses, usesOf } from "./block-uses.ts";
import type { DocumentDraft } from "./draft.ts";
import { moveEntry, setAt, settled, tableAt } from "./draft.ts";
import { rewriteReads } from "./references.ts";
import { followUi, uiPart } from "./ui-draft.ts";
import { uiOf } from "../ui.ts";

/**
 * [E1] Gives a node, a slot, an output, a rail (`ZONE/states/x`, `ZONE/each/x`, `ZONE/scans/x`, `ZONE/outputs/x`) or a
 * block (`blocks/NAME`) another name; whatever reads it follows. Returns the new key.
 */
export function rename(draft: DocumentDraft, key: Key, name: string): Key {
  const document = settled(draft);
  const to = `${key.slice(0, key.length - idOf(key).length)}${name}`;
  if (to === key) return key;
  if (nodeAt(document, key) !== null) renameNode(draft, key, name);
  else if (interfaceAt(key) !== null) renameInterface(draft, key, name);
  else if (pathOf(key)[0] === "blocks" && pathOf(key).length === 2)
    renameBlock(draft, idOf(key), name);
  else renameRail(draft, key, name);
  return to;
}

function renameNode(draft: DocumentDraft, key: Key, name: string): void {
  const id = idOf(key);
  rewriteReads(draft, ({ from, ref }) => {
    if (from === null || ownerKeyOf(from.source) !== key) return undefined;
    if (from.source.kind === "port") return `${name}${ref.slice(id.length)}`;
    return ref.startsWith(`@${id}.`) ? `@${name}${ref.slice(id.length + 1)}` : undefined;
  });
  moveEntry(tableAt(draft, scopeKeyOf(key)), id, name);
  const node = uiNameOf(key);
  for (const [place, ref] of Object.entries(uiOf(settled(draft)).bypassed[node] ?? {}))
    (uiPart(draft, "bypassed")[node] ?? {})[place] = `${name}${ref.slice(id.length)}`;
  followUi(draft, { from: key, to: `${scopeKeyOf(key)}/${name}` });
}

function renameInterface(draft: DocumentDraft, key: Key, name: string): void {
  const place = interfaceAt(key);
  if (place === null) return;
  const { group, block } = place;
  const slotScope = keyOf([...(block === null ? [] : ["blocks", block]), "graph"]);
  if (group === "inputs")
    rewriteReads(draft, ({ from, ref }) => {
      const source = from?.source;
      const isIt =
        source?.kind === "input" &&
        source.name === place.name &&
        keyOf(source.scope.path) === slotScope;
      return isIt ? `@${name}${ref.slice(place.name.length + 1)}` : undefined;
    });
  if (block !== null) renameInUses(draft, { block, group, from: place.name, to: name });
  const owner = key.slice(0, key.length - place.name.length - 1);
  moveEntry(tableAt(draft, owner), place.name, name);
  followUi(draft, { from: key, to: `${owner}/${name}` });
}

function renameBlock(draft: DocumentDraft, from: string, to: string): void {
  for (const key of usesOf(settled(draft), from)) setAt(draft, `${key}/use`, to);
  moveEntry(tableAt(draft, "blocks"), from, to);
  followUi(draft, { from: `blocks/${from}`, to: `blocks/${to}` });
}

function renameRail(draft: DocumentDraft, key: Key, name: string): void {
  const place = placeOf(settled(draft), key);
  const [group, old = ""] = place?.rest ?? [];
  if (place === null || group === undefined) return;
  rewriteReads(draft, (read) => railRef(read, place, old, name));
  if (group === "outputs")
    for (const branch of ["then", "else"])
      moveEntry(tableAt(draft, `${place.key}/${branch}/outputs`), old, name);
  else moveEntry(tableAt(draft, `${place.key}/${group}`), old, name);
}

function railRef(
  { from, ref }: Read,
  { key, id }: NodePlace,
  old: string,
  name: string,
): Ref | undefined {
  const source = from?.source;
  if (source === undefined || ownerKeyOf(source) !== key) return undefined;
  if (source.kind === "port")
    return source.port === old
      ? `${id}.${name}${ref.slice(id.length + 1 + old.length)}`
      : undefined;
  if ((source.kind !== "state" && source.kind !== "element") || source.name !== old)
    return undefined;
  const start = ref.startsWith(`@${id}.`) ? `@${id}.` : "@";
  return `${start}${name}${ref.slice(start.length + old.length)}`;
}

/** Why something cannot be called so; null where it can. */
export function whyNotRename(document: Document, key: Key, name: string): Message | null {
  if (name === idOf(key)) return null;
  if (!isName(name)) return { key: "edits.name.malformed", values: { name } };
  if (takenFor(document, key).has(name)) return { key: "edits.name.taken", values: { name } };
  const isRead =
    name.includes("-") && readersOfName(document, key).some(({ inExpression }) => inExpression);
  return isRead ? { key: "edits.name.hyphen", values: { name } } : null;
}

function readersOfName(document: Document, key: Key): readonly Read[] {
  const starts = `${key}/`;
  return [...readersOf(document)].flatMap(([source, reads]) =>
    source.startsWith(starts) ? reads : [],
  );
}

function takenFor(document: Document, key: Key): ReadonlySet<string> {
  const scope = scopeAt(document, key);
  const place = placeOf(document, key);
  if (place !== null && place.rest.length > 0) return takenForRail(place);
  const outside = interfaceAt(key);
  if (outside?.group === "inputs" && scope?.kind === "root")
    return new Set([...takenSlots(scope), ...Object.keys(scope.inputs)]);
  if (place !== null) return takenIds(place.scope);
  const siblings = pathOf(key)
    .slice(0, -1)
    .reduce<unknown>((at, step) => field(at, step), document);
  return new Set(typeof siblings === "object" && siblings !== null ? Object.keys(siblings) : []);
}

const field = (at: unknown, step: string): unknown =>
  typeof at === "object" && at !== null
    ? Object.entries(at).find(([name]) => name === step)?.[1]
    : undefined;

function takenForRail({ scope, id, node }: NodePlace): ReadonlySet<string> {
  if (isLoop(node))
    return new Set([...takenRails(loopScope(scope, id, node)), ...Object.keys(node.scans ?? {})]);
  return new Set(
    isIfZone(node) ? [...Object.keys(node.then.outputs), ...Object.keys(node.else.outputs)] : [],
  );
}
