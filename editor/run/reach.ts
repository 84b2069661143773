import type { Document, Node } from "../../runtime/graph/document.ts";
import { innerScopes, type Scope } from "../../runtime/graph/scope.ts";
import { keyOf, scopeAt, uiNameOf, type Key } from "../document/keys.ts";
import { readsOf, rootScopes } from "../document/reads.ts";
import { uiOf } from "../document/ui.ts";
import { ownerKeyOf } from "../document/wires.ts";

/** Which things of a document a run computes, and which of them are not as they were when another one was run. */
export interface Reach {
  /** What an output or a probe is made from. */
  readonly needed: ReadonlySet<Key>;
  /** What differs, and all that is made from it, with the nearest thing that differs. */
  readonly changed: ReadonlyMap<Key, Key>;
  /** By root node, the zones that are made from it. */
  readonly zonesAfter: (key: Key) => ReadonlySet<Key>;
}

type Edges = ReadonlyMap<Key, readonly Key[]>;

const known = new WeakMap<
  Document["graph"],
  { readonly document: Document; readonly ran: Document; readonly reach: Reach }
>();

export function reachOf(document: Document, ran: Document): Reach {
  const before = known.get(document.graph);
  if (before !== undefined && before.ran === ran && isSame(before.document, document))
    return before.reach;
  const reach = findReach(document, ran);
  known.set(document.graph, { document, ran, reach });
  return reach;
}

const isSame = (a: Document, b: Document): boolean =>
  a.inputs === b.inputs &&
  a.outputs === b.outputs &&
  a.blocks === b.blocks &&
  uiOf(a).probes === uiOf(b).probes;

function findReach(document: Document, ran: Document): Reach {
  const [forwards, backwards] = edgesOf(document);
  const probed = new Set(uiOf(document).probes.map((wire) => wire.slice(0, wire.lastIndexOf("."))));
  const nodes = rootScopes(document).flatMap(nodesIn);
  const wanted = [
    ...Object.keys(document.outputs).map((name) => `outputs/${name}`),
    ...nodes.flatMap(({ key }) => (probed.has(uiNameOf(key)) ? [key] : [])),
  ];
  const zones = new Map<Key, ReadonlySet<Key>>();
  return {
    needed: new Set(from(wanted, backwards).keys()),
    changed: from(changesIn(document, ran, nodes), forwards),
    zonesAfter(key) {
      const found = zones.get(key) ?? new Set(from([key], forwards).keys());
      zones.set(key, found);
      return found;
    },
  };
}

/** What each thing is read by, and what it reads. */
function edgesOf(document: Document): readonly [Edges, Edges] {
  const forwards = new Map<Key, Key[]>();
  const backwards = new Map<Key, Key[]>();
  const join = (edges: Map<Key, Key[]>, a: Key, b: Key): void => {
    const list = edges.get(a);
    if (list === undefined) edges.set(a, [b]);
    else list.push(b);
  };
  for (const { from: read, target } of readsOf(document)) {
    if (read === null) continue;
    const owner = ownerKeyOf(read.source);
    join(forwards, owner, target);
    join(backwards, target, owner);
  }
  return [forwards, backwards];
}

/** All that can be come to, each with the start that is nearest to it. */
function from(starts: readonly Key[], edges: Edges): ReadonlyMap<Key, Key> {
  const found = new Map(starts.map((key) => [key, key]));
  // A map tells of what is added while it is gone through.
  for (const [key, start] of found)
    for (const next of edges.get(key) ?? []) if (!found.has(next)) found.set(next, start);
  return found;
}

interface Place {
  readonly key: Key;
  readonly node: Node;
}

function nodesIn(scope: Scope): readonly Place[] {
  return Object.entries(scope.body).flatMap(([id, node]) => [
    { key: keyOf([...scope.path, id]), node },
    ...innerScopes(scope, id, node).flatMap(nodesIn),
  ]);
}

function changesIn(document: Document, ran: Document, nodes: readonly Place[]): readonly Key[] {
  if (document.task !== ran.task) return nodes.map(({ key }) => key);
  const before = new Map(
    rootScopes(ran)
      .flatMap(nodesIn)
      .map(({ key, node }) => [key, node]),
  );
  const blocks = Object.keys(document.blocks).filter(
    (name) => !sameJson(document.blocks[name], ran.blocks[name]),
  );
  const isChanged = ({ key, node }: Place): boolean => {
    const then = before.get(key);
    if (then === node) return "use" in node && blocks.includes(node.use);
    if (then === undefined || !sameJson(shell(node), shell(then))) return true;
    return "use" in node && blocks.includes(node.use);
  };
  const differ = (part: "inputs" | "outputs"): readonly Key[] =>
    Object.keys(document[part])
      .filter((name) => !sameJson(document[part][name], ran[part][name]))
      .map((name) => `${part}/${name}`);
  return [
    ...nodes.filter(isChanged).map(({ key }) => key),
    ...differ("inputs"),
    ...differ("outputs"),
  ];
}

/** A zone without what is inside: that is compared by itself. */
function shell(node: Node): object {
  const { body: _, then, else: otherwise, ...rest } = node as unknown as Record<string, unknown>;
  const branch = (given: unknown) =>
    typeof given === "object" && given !== null ? { ...given, body: null } : given;
  return { ...rest, then: branch(then), otherwise: branch(otherwise) };
}

const sameJson = (a: unknown, b: unknown): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b);

/** The outermost zone that a thing lies in, or is; null for what is outside of zones. */
export function outermostZone(document: Document, key: Key): string | null {
  const [part, id] = key.split("/");
  if (part !== "graph" || id === undefined) return null;
  const isZone = scopeAt(document, `graph/${id}/body`)?.kind === "loop";
  return isZone ? id : null;
}
