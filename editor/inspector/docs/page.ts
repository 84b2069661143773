import type { AnyNode, Registry } from "../../../runtime/graph/define-node.ts";
import type { Block, NodeDefault, Slot } from "../../../runtime/graph/document.ts";
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
      readonly definition: AnyNode;
      readonly given: Readonly<Record<string, unknown>>;
      readonly wires: Readonly<Record<string, string>>;
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
  return thing === null ? graph : (pageOf(thing, document.blocks, registry) ?? graph);
}

function pageOf(
  thing: Thing,
  blocks: Readonly<Record<string, Block>>,
  registry: Registry,
): DocsPage | null {
  if (thing.kind === "slot") return pageOfDefault(thing.slot, registry);
  if (thing.kind === "wire" || thing.kind === "output") return null;
  const { node } = thing;
  if (isZone(node)) return { kind: "zone", type: node.type, page: zonePages[node.type] };
  if (isPlainNode(node)) return pageOfNode(node, node.in ?? {}, registry);
  const block = own(blocks, node.use);
  return block === undefined ? null : { kind: "block", name: node.use, block };
}

function pageOfDefault({ default: value }: Slot, registry: Registry): DocsPage | null {
  return typeof value === "object" && "type" in value ? pageOfNode(value, {}, registry) : null;
}

function pageOfNode(
  { type, v, params = {} }: NodeDefault,
  wires: Readonly<Record<string, string>>,
  registry: Registry,
): DocsPage | null {
  const definition = registry.find(type, v);
  return definition === undefined ? null : { kind: "node", definition, given: params, wires };
}
