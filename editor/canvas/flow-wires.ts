import type { Scope } from "../../runtime/graph/scope.ts";
import type { Key } from "../document/keys.ts";
import { bodyKeyOf, idOf, nodeKeyOf, uiNameOf } from "../document/keys.ts";
import type { Read } from "../document/reads.ts";
import type { Point } from "../document/ui.ts";
import { uiOf } from "../document/ui.ts";
import { wireNameOf } from "../document/wire-name.ts";
import { ownerKeyOf, sourceKeyOf } from "../document/wires.ts";
import type { FlowMemory, Shown } from "./flow-memory.ts";
import type { Drawn } from "./geometry.ts";
import type { WireEdge } from "./items.ts";
import { portLook } from "./port-look.ts";
import { spoken } from "./spoken.ts";
import { stacking } from "./stacking.ts";

/** The edges of wires of which both ends are drawn. */
export function edgesOf(
  shown: Shown,
  drawn: ReadonlyMap<Key, Drawn>,
  wires: readonly Read[],
  { wires: memory }: FlowMemory,
): readonly WireEdge[] {
  const bodies = new Map<Scope, WireBody>();
  return wires.map((wire) => {
    const body = bodies.get(wire.scope) ?? bodyIn(drawn, wire.scope);
    bodies.set(wire.scope, body);
    const look = lookOf(shown, wire, body);
    return memory.keep(wire.key, Object.values(look), () => edgeOf(wire.key, look));
  });
}

interface WireBody {
  readonly x: number;
  readonly y: number;
  /** How many zones around it are drawn. */
  readonly depth: number;
}

/** The body that a wire is read in: its origin in the canvas' coordinates. */
function bodyIn(drawn: ReadonlyMap<Key, Drawn>, scope: Scope): WireBody {
  let [x, y, depth] = [0, 0, 0];
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    if (at.kind === "root") break;
    const zone = drawn.get(nodeKeyOf(at.parent, at.id));
    const body = bodyKeyOf(at);
    const lane = zone?.lanes.find((each) => bodyKeyOf(each.scope) === body);
    if (zone === undefined || lane === undefined) break;
    x += zone.corner[0] + lane.origin[0];
    y += zone.corner[1] + lane.origin[1];
    depth += 1;
  }
  return { x, y, depth };
}

/** All that an edge is made of besides its key: texts, numbers and truths, so that they can be compared. */
interface WireLook {
  readonly begin: Key;
  readonly source: Key;
  readonly target: Key;
  readonly ref: string;
  readonly depth: number;
  readonly colour: string;
  readonly field: string | null;
  readonly faulty: boolean;
  readonly probed: boolean;
  readonly quiet: boolean;
  readonly isPortal: boolean;
  /** In the canvas' coordinates, as JSON. */
  readonly bends: string;
}

function lookOf(
  { document, analysis }: Shown,
  { key, target, ref, from }: Read,
  { x, y, depth }: WireBody,
): WireLook {
  if (from === null) throw new Error("edgesOf: a wire that comes from nowhere has no edge");
  const { source, field = null } = from;
  const { probes, portals, reroutes } = uiOf(document);
  const begin = sourceKeyOf(source);
  const bends = reroutes[key];
  return {
    begin,
    source: ownerKeyOf(source),
    target,
    ref,
    depth,
    colour: portLook(analysis.types.typeOfSource(source)).colour,
    field,
    faulty: analysis.issuesAt(key).length > 0,
    probed: probes.length > 0 && probes.includes(wireNameOf(begin) ?? ""),
    quiet: source.kind === "input",
    isPortal: portals.length > 0 && portals.includes(key),
    bends: bends === undefined ? "[]" : JSON.stringify(bends.map(([a, b]) => [a + x, b + y])),
  };
}

const edgeOf = (key: Key, look: WireLook): WireEdge => ({
  id: key,
  type: "wire",
  ...spoken(`${look.ref} → ${uiNameOf(look.target)}.${idOf(key)}`),
  source: look.source,
  sourceHandle: look.begin,
  target: look.target,
  targetHandle: key,
  zIndex: stacking.wire(look.depth),
  data: {
    colour: look.colour,
    field: look.field,
    faulty: look.faulty,
    probed: look.probed,
    quiet: look.quiet,
    lit: false,
    bends: JSON.parse(look.bends) as Point[],
    portal: look.isPortal ? look.ref : null,
  },
});
