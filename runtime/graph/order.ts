import type { Body, Node } from "./document.ts";
import { isIfZone, isLoop } from "./document.ts";
import { onceOfFrozen } from "./of-frozen.ts";
import { own } from "./own.ts";
import { isIssue, parseRef } from "./refs.ts";
import type { RefSite } from "./ref-sites.ts";
import { refSites } from "./ref-sites.ts";

/** An order in which every node comes after those it reads; nodes on cycles are left out. */
export interface Order {
  readonly order: readonly string[];
  /** Ids along each cycle found, every one reading the next, the first again at the end. */
  readonly cycles: readonly (readonly string[])[];
}

const mostCycles = 20;

/**
 * Sorts the nodes of a body; among the nodes that are ready, by id. What a zone's bodies read from
 * this body counts as read by the zone.
 */
export function topologicalOrder(body: Body): Order {
  return topologicalSort(new Map(Object.keys(body).map((id) => [id, dependenciesOf(body, id)])));
}

/** Sorts names by what each one needs; every name needed must be a key. */
export function topologicalSort(needs: ReadonlyMap<string, ReadonlySet<string>>): Order {
  const waiting = new Map([...needs].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const order = takeReady(waiting);
  const cycles: (readonly string[])[] = [];
  while (waiting.size > 0 && cycles.length < mostCycles) {
    const cycle = findCycle(waiting);
    cycles.push(cycle);
    for (const id of cycle) waiting.delete(id);
    takeReady(waiting);
  }
  return { order, cycles };
}

/** Ids of the same body that a node reads, its inner bodies included. */
export function dependenciesOf(body: Body, id: string): ReadonlySet<string> {
  const node = own(body, id);
  if (node === undefined) return new Set();
  return new Set([...idsReadBy(node)].filter((read) => Object.hasOwn(body, read)));
}

/** Moves nodes that wait for no other out of `waiting`, round by round. */
function takeReady(waiting: Map<string, ReadonlySet<string>>): readonly string[] {
  const readers = new Map<string, string[]>();
  const left = new Map<string, number>();
  for (const [id, reads] of waiting) {
    const open = [...reads].filter((read) => waiting.has(read));
    left.set(id, open.length);
    for (const read of open) append(readers, read, id);
  }
  const order: string[] = [];
  let ready = [...waiting.keys()].filter((id) => left.get(id) === 0);
  while (ready.length > 0) {
    for (const id of ready) {
      order.push(id);
      waiting.delete(id);
    }
    const freed = ready.flatMap((id) => readers.get(id) ?? []);
    for (const id of freed) left.set(id, (left.get(id) ?? 0) - 1);
    ready = [...new Set(freed)].filter((id) => left.get(id) === 0).toSorted();
  }
  return order;
}

function append(lists: Map<string, string[]>, key: string, entry: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [entry]);
  else list.push(entry);
}

/** In a map where every node waits for another one of it. */
function findCycle(waiting: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const path: string[] = [];
  const seen = new Map<string, number>();
  let at = [...waiting.keys()][0];
  while (at !== undefined && !seen.has(at)) {
    seen.set(at, path.length);
    path.push(at);
    at = [...(waiting.get(at) ?? [])].find((id) => waiting.has(id));
  }
  const start = at === undefined ? 0 : (seen.get(at) ?? 0);
  return at === undefined ? path : [...path.slice(start), at];
}

/** Ids that a node reads and does not hold itself. */
const idsReadBy: (node: Node) => ReadonlySet<string> = onceOfFrozen(findIdsRead);

function findIdsRead(node: Node): ReadonlySet<string> {
  const sites = refSites(node);
  const ids = idsAt(sites, "outer");
  for (const { scope, body } of bodiesOf(node)) {
    const inner = idsAt(sites, scope);
    for (const child of Object.values(body)) for (const id of idsReadBy(child)) inner.add(id);
    for (const id of inner) if (!Object.hasOwn(body, id)) ids.add(id);
  }
  return ids;
}

interface InnerBody {
  readonly scope: RefSite["scope"];
  readonly body: Body;
}

function bodiesOf(node: Node): readonly InnerBody[] {
  if (isLoop(node)) return [{ scope: "body", body: node.body }];
  if (!isIfZone(node)) return [];
  return [
    { scope: "then", body: node.then.body },
    { scope: "else", body: node.else.body },
  ];
}

function idsAt(sites: readonly RefSite[], scope: RefSite["scope"]): Set<string> {
  const ids = new Set<string>();
  for (const site of sites) {
    const parsed = site.scope === scope ? parseRef(site.ref) : null;
    if (parsed !== null && !isIssue(parsed) && parsed.kind === "port") ids.add(parsed.node);
  }
  return ids;
}
