import type { AnyNode, Registry } from "../../../runtime/graph/define-node.ts";
import type { Block, Document, NodeDefault, Slot } from "../../../runtime/graph/document.ts";
import { isPlainNode, isZone } from "../../../runtime/graph/document.ts";
import { own } from "../../../runtime/graph/own.ts";
import type { ZonePage } from "../../../runtime/graph/zone-pages.ts";
import { zonePages } from "../../../runtime/graph/zone-pages.ts";
import type { Analysis } from "../../document/analysis.ts";
import type { Key } from "../../document/keys.ts";
import { thingAt, type Thing } from "../thing.ts";

/** What the docs tell of: a node type, a kind of zone, a block, or the graph as a whole. */
export type DocsPage =
  | {
      readonly kind: "node";
      /** The node; null where it stands as the default of a slot. */
      readonly key: Key | null;
      readonly definition: AnyNode;
      readonly given: Readonly<Record<string, unknown>>;
      /** What is wired to its inputs: references, or the numbers they have. */
      readonly wires: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: "zone"; readonly type: string; readonly page: ZonePage }
  | { readonly kind: "block"; readonly name: string; readonly block: Block }
  | { readonly kind: "graph" };

/** The page for a selection; that of the graph where nothing selected has one. */
export function docsPage(
  selection: readonly Key[],
  { document }: Analysis,
  registry: Registry,
): DocsPage {
  const [key] = selection;
  const thing = key === undefined ? null : thingAt(document, key);
  const graph: DocsPage = { kind: "graph" };
  return thing === null ? graph : (pageOf(thing, document, registry) ?? graph);
}

function pageOf(thing: Thing, { blocks, inputs }: Document, registry: Registry): DocsPage | null {
  if (thing.kind === "slot") return pageOfDefault(thing.slot, registry);
  if (thing.kind === "wire" || thing.kind === "output") return null;
  const { node } = thing;
  if (isZone(node)) return { kind: "zone", type: node.type, page: zonePages[node.type] };
  if (isPlainNode(node)) {
    const isInBlock = thing.key.startsWith("blocks/");
    const wires = isInBlock ? (node.in ?? {}) : numbered(node.in ?? {}, inputs);
    return pageOfNode(node, { key: thing.key, wires }, registry);
  }
  const block = own(blocks, node.use);
  return block === undefined ? null : { kind: "block", name: node.use, block };
}

/** Wires of a body of the graph, those from its number slots as the numbers that these have unless others are given. */
function numbered(
  wires: Readonly<Record<string, string>>,
  inputs: Document["inputs"],
): Readonly<Record<string, unknown>> {
  const entries = Object.entries(wires).map(([port, ref]) => {
    const slot = ref.startsWith("@") ? own(inputs, ref.slice(1)) : undefined;
    return [port, typeof slot?.default === "number" ? slot.default : ref] as const;
  });
  return Object.fromEntries(entries);
}

function pageOfDefault({ default: value }: Slot, registry: Registry): DocsPage | null {
  return typeof value === "object" && "type" in value
    ? pageOfNode(value, { key: null, wires: {} }, registry)
    : null;
}

function pageOfNode(
  { type, v, params = {} }: NodeDefault,
  stands: { readonly key: Key | null; readonly wires: Readonly<Record<string, unknown>> },
  registry: Registry,
): DocsPage | null {
  const definition = registry.find(type, v);
  return definition === undefined ? null : { kind: "node", definition, given: params, ...stands };
}
