import type { ELK, ElkExtendedEdge, ElkNode, ElkPort } from "elkjs/lib/elk-api.js";
import type { Registry } from "../../runtime/graph/define-node.ts";
import { own } from "../../runtime/graph/own.ts";
import type { Scope } from "../../runtime/graph/scope.ts";
import { innerScopes } from "../../runtime/graph/scope.ts";
import type { Analysis } from "./analysis.ts";
import type { Key } from "./keys.ts";
import { keyOf, uiNameOf } from "./keys.ts";
import type { Box, NodeView } from "./node-view.ts";
import { nodeView, outputView, rowCentre, slotView, zoneBox } from "./node-view.ts";
import { readsOf, rootScopes } from "./reads.ts";
import { hangingOf } from "./room.ts";
import type { Point } from "./ui.ts";
import { uiOf } from "./ui.ts";
import { sourceKeyOf } from "./wires.ts";

/** What tidying works with. */
export interface Tidying {
  readonly analysis: Analysis;
  readonly registry: Registry;
  readonly elk: Pick<ELK, "layout">;
  /** Where things stand now, by `uiNameOf`: what the document says, and what was found for the rest. */
  readonly places: Readonly<Record<string, Point>>;
}

/**
 * Places for all things of the graph and its blocks, or for those chosen alone, whose upper left corner then stays: layers from
 * left to right, ports in their order, nodes of a zone inside of it. Give them to the edit `move`.
 */
export async function tidy(
  tidying: Tidying,
  chosen: readonly Key[] | null = null,
): Promise<ReadonlyMap<Key, Point>> {
  const found = new Map<Key, Point>();
  const bodies = rootScopes(tidying.analysis.document).flatMap(deepestFirst);
  for (const scope of bodies) {
    const cards = cardsOf(tidying, scope, found);
    const picked = chosen === null ? cards : cards.filter(({ key }) => chosen.includes(key));
    if (picked.length < (chosen === null ? 1 : 2)) continue;
    const placed = await arrange(tidying, picked, scope);
    const corner = chosen === null ? ([0, 0] as const) : cornerOf(tidying, picked);
    for (const [key, [x, y]] of placed)
      found.set(key, [snapped(x + corner[0]), snapped(y + corner[1])]);
  }
  return found;
}

const grid = 8;
const snapped = (value: number): number => Math.round(value / grid) * grid;

function deepestFirst(scope: Scope): readonly Scope[] {
  const inner = Object.entries(scope.body).flatMap(([id, node]) =>
    innerScopes(scope, id, node).flatMap(deepestFirst),
  );
  return [...inner, scope];
}

/** A thing of a body and its size. */
interface Card {
  readonly key: Key;
  readonly view: NodeView;
  readonly width: number;
  readonly height: number;
}

const placeIn = ({ places }: Tidying, key: Key, found: ReadonlyMap<Key, Point>): Point =>
  found.get(key) ?? own(places, uiNameOf(key)) ?? [0, 0];

function cardsOf(tidying: Tidying, scope: Scope, found: ReadonlyMap<Key, Point>): readonly Card[] {
  const { analysis, registry } = tidying;
  const { document } = analysis;
  const nodes = Object.keys(scope.body).map((id) => nodeView(scope, id, analysis, registry));
  const outputs =
    scope.kind !== "root"
      ? {}
      : scope.block === null
        ? document.outputs
        : document.blocks[scope.block]?.outputs;
  const around =
    scope.kind === "root"
      ? [
          ...Object.keys(scope.inputs).map((name) => slotView(scope, name, registry)),
          ...Object.keys(outputs ?? {}).map((name) => outputView(scope, name, analysis, registry)),
        ]
      : [];
  return [...nodes, ...around]
    .filter((view) => view !== null)
    .map((view) => ({ key: view.key, view, ...sizeOf(tidying, scope, view, found) }));
}

function sizeOf(
  tidying: Tidying,
  scope: Scope,
  view: NodeView,
  found: ReadonlyMap<Key, Point>,
): Pick<Box, "width" | "height"> {
  const node = view.kind === "zone" ? own(scope.body, view.id) : undefined;
  const isClosed = uiOf(tidying.analysis.document).collapsed.includes(uiNameOf(view.key));
  if (node === undefined || isClosed)
    return {
      width: view.width,
      height: view.height + hangingOf(tidying.analysis.document, view.key),
    };
  const contents = innerScopes(scope, view.id, node).map((inner) => ({
    key: keyOf(inner.path),
    boxes: cardsOf(tidying, inner, found).map(({ key, width, height }): Box => {
      const [x, y] = placeIn(tidying, key, found);
      return { x, y, width, height };
    }),
  }));
  return zoneBox(view, contents);
}

function cornerOf({ places }: Tidying, cards: readonly Card[]): Point {
  const points = cards.map(({ key }): Point => own(places, uiNameOf(key)) ?? [0, 0]);
  return [Math.min(...points.map(([x]) => x)), Math.min(...points.map(([, y]) => y))];
}

const options = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.spacing.nodeNode": "24",
  "elk.layered.spacing.nodeNodeBetweenLayers": "72",
  "elk.spacing.edgeNode": "16",
  "elk.layered.spacing.edgeNodeBetweenLayers": "24",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  "elk.layered.considerModelOrder.strategy": "PREFER_NODES",
  "elk.separateConnectedComponents": "false",
  "elk.padding": "[top=0,left=0,bottom=0,right=0]",
};

async function arrange(
  { analysis, elk }: Tidying,
  cards: readonly Card[],
  scope: Scope,
): Promise<ReadonlyMap<Key, Point>> {
  const laid = await elk.layout({
    id: keyOf(scope.path),
    layoutOptions: options,
    children: cards.map(elkNode),
    edges: [...edgesOf(analysis, cards)],
  });
  return new Map((laid.children ?? []).map(({ id, x = 0, y = 0 }) => [id, [x, y] as Point]));
}

/** Handles stand where they are drawn; wires into a zone's body end at its left border. */
function elkNode({ key, view, width, height }: Card): ElkNode {
  const port = (side: "WEST" | "EAST", id: string, y: number): ElkPort => ({
    id,
    x: side === "WEST" ? 0 : width,
    y,
    width: 0,
    height: 0,
    layoutOptions: { "elk.port.side": side },
  });
  const edge = view.kind === "slot" ? "FIRST" : view.kind === "output" ? "LAST" : null;
  return {
    id: key,
    width,
    height,
    ports: [
      ...view.inputs.map((input) =>
        port("WEST", `in ${input.key}`, rowCentre(input.row ?? view.rows)),
      ),
      ...view.outputs.map((output) =>
        port("EAST", `out ${output.key}`, rowCentre(output.row ?? 0)),
      ),
      port("WEST", `into ${key}`, height / 2),
    ],
    layoutOptions: {
      "elk.portConstraints": "FIXED_POS",
      ...(edge === null ? {} : { "elk.layered.layering.layerConstraint": edge }),
    },
  };
}

function edgesOf({ document }: Analysis, cards: readonly Card[]): readonly ElkExtendedEdge[] {
  const sources = new Set(cards.flatMap(({ view }) => view.outputs.map(({ key }) => key)));
  const ends = new Set(cards.flatMap(({ view }) => view.inputs.map(({ key }) => key)));
  const keys = new Set(cards.map(({ key }) => key));
  return readsOf(document).flatMap(({ key, target, from }, i): readonly ElkExtendedEdge[] => {
    const source = from === null ? null : sourceKeyOf(from.source);
    const end = ends.has(key) ? `in ${key}` : holderOf(target, keys);
    if (source === null || !sources.has(source) || end === null) return [];
    return [{ id: `wire ${i}`, sources: [`out ${source}`], targets: [end] }];
  });
}

/** The left border of the zone among the cards that a reader lies in. */
function holderOf(target: Key, keys: ReadonlySet<Key>): string | null {
  for (let at = target; at.includes("/"); at = at.slice(0, at.lastIndexOf("/")))
    if (keys.has(at)) return `into ${at}`;
  return null;
}
