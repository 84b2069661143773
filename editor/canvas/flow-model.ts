import type { Document } from "../../runtime/graph/document.ts";
import type { Scope } from "../../runtime/graph/scope.ts";
import type { Key } from "../document/keys.ts";
import { bodyKeyOf, nodeKeyOf, scopeAt } from "../document/keys.ts";
import { nodeView } from "../document/node-view.ts";
import type { Read } from "../document/reads.ts";
import { readsOf } from "../document/reads.ts";
import { ownerKeyOf } from "../document/wires.ts";
import { backdrop, edgeCards, itemsOf } from "./flow-nodes.ts";
import { createFlowMemory, type FlowMemory, type Shown } from "./flow-memory.ts";
import { edgesOf } from "./flow-wires.ts";
import { drawnAlone, drawnIn, type Drawn, type Landing, type Surroundings } from "./geometry.ts";
import type { ItemNode, WireEdge } from "./items.ts";

export interface Flow {
  readonly nodes: readonly ItemNode[];
  readonly edges: readonly WireEdge[];
  /** All nodes that are drawn, by key. */
  readonly drawn: ReadonlyMap<Key, Drawn>;
  readonly home: Landing;
}

/**
 * What xyflow draws of a body; nodes come before what lies in them. With the memory of the flow before, the same objects
 * where nothing of them has changed.
 */
export function flowOf(shown: Shown, memory: FlowMemory = createFlowMemory()): Flow {
  for (const each of Object.values(memory)) each.turn();
  const scope = scopeAt(shown.document, shown.scope);
  if (scope === null)
    return { nodes: [], edges: [], drawn: new Map(), home: { zone: null, lane: null } };
  const around: Surroundings = {
    document: shown.document,
    found: shown.found,
    view: (at, id) => nodeView(at, id, shown.analysis, shown.registry),
  };
  const drawn = new Map<Key, Drawn>();
  const roots = rootsOf(around, scope, drawn);
  const cards = scope.kind === "root" ? edgeCards(shown, scope, memory) : [];
  const edgeKeys = new Set(cards.map(({ id }) => id));
  const isDrawn = (key: Key): boolean => drawn.has(key) || edgeKeys.has(key);
  const { seen, unseen } = wiresOf(shown.document, isDrawn);
  const home = homeOf(scope, drawn);
  const look = { shown, drawn, unseen, fixed: home.zone, memory };
  const nodes: ItemNode[] = [...backdrop(shown, memory), ...cards];
  for (const node of roots) itemsOf(look, node, null, nodes);
  return { nodes, edges: edgesOf(shown, drawn, seen, memory), drawn, home };
}

interface Wires {
  /** Both ends are drawn. */
  readonly seen: readonly Read[];
  /** Where others end. */
  readonly unseen: ReadonlySet<Key>;
}

function wiresOf(document: Document, isDrawn: (key: Key) => boolean): Wires {
  const seen: Read[] = [];
  const unseen = new Set<Key>();
  for (const read of readsOf(document)) {
    if (read.inExpression || !isDrawn(read.target)) continue;
    if (read.from !== null && isDrawn(ownerKeyOf(read.from.source))) seen.push(read);
    else unseen.add(read.key);
  }
  return { seen, unseen };
}

/** What is drawn of a body: all of it, or of one that was dived into its zone alone, with the rails. */
function rootsOf(around: Surroundings, scope: Scope, all: Map<Key, Drawn>): readonly Drawn[] {
  if (scope.kind === "root") return drawnIn(around, scope, all);
  const zone = drawnAlone(around, scope.parent, scope.id, all);
  return zone === null ? [] : [zone];
}

/** Where what falls on the ground comes to lie: in the zone that is shown alone, else on the ground. */
function homeOf(scope: Scope, drawn: ReadonlyMap<Key, Drawn>): Landing {
  const zone = scope.kind === "root" ? undefined : drawn.get(nodeKeyOf(scope.parent, scope.id));
  const lane = zone?.lanes.find((each) => bodyKeyOf(each.scope) === bodyKeyOf(scope));
  return zone === undefined || lane === undefined
    ? { zone: null, lane: null }
    : { zone: zone.key, lane };
}
