import { produce } from "immer";
import type { Ref } from "../../../runtime/graph/refs.ts";
import type { Source } from "../../../runtime/graph/resolve.ts";
import type { Scope } from "../../../runtime/graph/scope.ts";
import { scopesOutwards } from "../../../runtime/graph/scope.ts";
import { freeName, takenIds } from "../ids.ts";
import type { Key } from "../keys.ts";
import { idOf, keyOf, scopeAt, scopeKeyOf } from "../keys.ts";
import { nodeAt } from "../places.ts";
import type { Read } from "../reads.ts";
import type { Point } from "../ui.ts";
import type { DocumentDraft } from "./draft.ts";
import { bodyAt, deleteAt, scopeIn, setAt, settled } from "./draft.ts";
import type { Way } from "./expose.ts";
import { expose } from "./expose.ts";
import { move } from "./move.ts";
import { rewriteReads, unwire } from "./references.ts";
import { settleNames } from "./settle-names.ts";
import { followUi } from "./ui-draft.ts";

/** How a value that is read from outside leaves the loop that its node has gone into. */
export type WayOut = (read: Read) => Way;

const asState: WayOut = () => ({ as: "state", init: "" });

/**
 * [E5] Moves nodes into another body of the same graph or block. Wires go with them: what becomes visible is read
 * directly, what is left behind or taken inside is carried by rails. Returns the new keys.
 */
export const moveInto = (
  draft: DocumentDraft,
  keys: readonly Key[],
  body: Key,
  places: ReadonlyMap<Key, Point> = new Map(),
): readonly Key[] => relocate(draft, keys, { body, places, wayOut: asState });

export interface Relocation {
  readonly body: Key;
  /** By the keys before the move. */
  readonly places: ReadonlyMap<Key, Point>;
  readonly wayOut: WayOut;
}

export function relocate(
  draft: DocumentDraft,
  keys: readonly Key[],
  { body, places, wayOut }: Relocation,
): readonly Key[] {
  const document = settled(draft);
  const moving = keys.filter((key) => mayMove(key, body) && nodeAt(document, key) !== null);
  if (moving.length === 0) return [];
  const targets = newKeys(draft, moving, body);
  const carried: Carried[] = [];
  const inner = scopeIn(draft, body);
  rewriteReads(draft, (read) => decide(read, { targets, body, inner }, carried));
  for (const [from, to] of targets) {
    const node = bodyAt(draft, scopeKeyOf(from))?.[idOf(from)];
    deleteAt(draft, from);
    setAt(draft, to, node);
    followUi(draft, { from, to });
  }
  for (const { read, place, source, reader } of carried) {
    const ref = expose(draft, source, reader, wayOut(read));
    if (ref === null) unwire(draft, place);
    else setAt(draft, place, ref);
  }
  const now = [...targets.values()];
  for (const key of now) settleNames(draft, key);
  move(
    draft,
    new Map(
      keys.map((key) => [targets.get(key) ?? key, places.get(key)] as const).filter(hasPlace),
    ),
  );
  return now;
}

const hasPlace = (entry: readonly [Key, Point | undefined]): entry is readonly [Key, Point] =>
  entry[1] !== undefined;

/** Nothing moves into itself, out of its block, or to where it is. */
const mayMove = (key: Key, body: Key): boolean =>
  !`${body}/`.startsWith(`${key}/`) && scopeKeyOf(key) !== body && rootOf(key) === rootOf(body);

const rootOf = (key: Key): string => {
  const path = key.split("/");
  return path.slice(0, path[0] === "blocks" ? 3 : 1).join("/");
};

/** [N2] Ids in the new body; what the moved nodes hold themselves is free for them. */
function newKeys(draft: DocumentDraft, keys: readonly Key[], body: Key): ReadonlyMap<Key, Key> {
  const rest = produce(settled(draft), (copy) => {
    for (const key of keys) deleteAt(copy, key);
  });
  const scope = scopeAt(rest, body);
  const taken = new Set(scope === null ? [] : takenIds(scope));
  return new Map(
    keys.map((key) => {
      const id = freeName(idOf(key), taken);
      taken.add(id);
      return [key, `${body}/${id}`];
    }),
  );
}

interface Plan {
  readonly targets: ReadonlyMap<Key, Key>;
  readonly body: Key;
  /** The body itself, before the move. */
  readonly inner: Scope;
}

/** A wire that a rail must carry once all nodes stand in their places. */
interface Carried {
  readonly read: Read;
  readonly place: Key;
  readonly source: { readonly scope: Key; readonly ref: Ref };
  readonly reader: Key;
}

/** A key after the move. */
function moved(key: Key, { targets }: Plan): Key {
  for (const [from, to] of targets)
    if (key === from || key.startsWith(`${from}/`)) return `${to}${key.slice(from.length)}`;
  return key;
}

function decide(read: Read, plan: Plan, carried: Carried[]): Ref | null | undefined {
  if (read.from === null) return undefined;
  const { source } = read.from;
  const owner = source.kind === "port" ? keyOf([...source.scope.path, source.id]) : null;
  const target = owner === null ? null : moved(owner, plan);
  const scope = target === null ? moved(keyOf(source.scope.path), plan) : scopeKeyOf(target);
  const reader = readerAfter(read, plan);
  const ref = target === null ? read.ref : read.ref.replace(/^[^.]+/, idOf(target));
  if (`${reader}/`.startsWith(`${scope}/`))
    return source.kind === "counter" ? counted(read, source, plan) : ref;
  if (read.inExpression) return null;
  const left = source.kind === "port" ? { scope, ref } : finalOf(read, plan);
  if (left === null) return null;
  carried.push({ read, place: moved(read.key, plan), source: left, reader });
  return undefined;
}

/** The body in which a place reads after the move. */
function readerAfter({ scope, target }: Read, plan: Plan): Key {
  const from = keyOf(scope.path);
  const inside = moved(from, plan);
  return inside === from && plan.targets.has(target) && from === scopeKeyOf(target)
    ? plan.body
    : inside;
}

/** Left behind, a state is read as the value it ends with; an element and a counter have none. */
function finalOf({ from }: Read, plan: Plan): Carried["source"] | null {
  const source = from?.source;
  if (source?.kind !== "state" || source.back > 0) return null;
  const zone = moved(keyOf(source.scope.path.slice(0, -1)), plan);
  const tail = from?.field === undefined ? "" : `.${from.field}`;
  return { scope: scopeKeyOf(zone), ref: `${idOf(zone)}.${source.name}${tail}` };
}

/** `@k` belongs to the innermost loop, which may be another one now. */
function counted(
  read: Read,
  source: Extract<Source, { kind: "counter" }>,
  plan: Plan,
): Ref | undefined {
  if (!plan.targets.has(read.target) || source.scope.path.length > plan.inner.path.length)
    return undefined;
  const innermost = scopesOutwards(plan.inner).find(({ kind }) => kind === "loop");
  const isOwn = innermost !== undefined && keyOf(innermost.path) === keyOf(source.scope.path);
  return isOwn ? `@${source.name}` : `@${source.scope.id}.${source.name}`;
}
