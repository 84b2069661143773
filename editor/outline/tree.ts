import type { Registry } from "../../runtime/graph/define-node.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { topologicalOrder } from "../../runtime/graph/order.ts";
import { own } from "../../runtime/graph/own.ts";
import { formatPortType } from "../../runtime/graph/ports.ts";
import type { RootScope, Scope } from "../../runtime/graph/scope.ts";
import { blockScope, graphScope, innerScopes } from "../../runtime/graph/scope.ts";
import type { Analysis } from "../document/analysis.ts";
import { keyOf } from "../document/keys.ts";
import { nodeView, outputView, slotView } from "../document/node-view.ts";
import { uiOf } from "../document/ui.ts";
import { symbolOf } from "../document/view/symbols.ts";
import type { NodeView } from "../document/view/view.ts";
import type { OutlineItem, SectionItem, ThingItem } from "./item.ts";
import { partsOf } from "./parts.ts";

/** What the tree is made from. */
export interface Source {
  readonly analysis: Analysis;
  readonly registry: Registry;
}

/** The headings of a document, with all under them. */
export function outlineOf(source: Source): readonly OutlineItem[] {
  const { document } = source.analysis;
  return [
    ...rootItems(source, graphScope(document), 1),
    section("blocks", "blocks", 1, blockItems(source, document)),
    section("notes", "ui/notes", 1, noteItems(document)),
  ].filter(({ children }) => children !== null);
}

function rootItems(source: Source, scope: RootScope, level: number): readonly OutlineItem[] {
  const { document } = source.analysis;
  const root = scope.path.slice(0, -1);
  const outputs = scope.block === null ? document.outputs : document.blocks[scope.block]?.outputs;
  const slots = Object.keys(scope.inputs).map((name) => slotView(scope, name, source.registry));
  const ends = Object.keys(outputs ?? {}).map((name) =>
    outputView(scope, name, source.analysis, source.registry),
  );
  const items = (views: readonly (NodeView | null)[]) => () =>
    views.filter((view) => view !== null).map((view) => thing(view, level + 1));
  return [
    section("inputs", keyOf([...root, "inputs"]), level, slots.length > 0 ? items(slots) : null),
    section("graph", keyOf(scope.path), level, bodyItems(source, scope, level + 1)),
    section("outputs", keyOf([...root, "outputs"]), level, ends.length > 0 ? items(ends) : null),
  ].filter(({ children }) => children !== null);
}

const section = (
  name: SectionItem["name"],
  key: string,
  level: number,
  children: OutlineItem["children"],
): SectionItem => ({ kind: "section", key, name, level, children });

/** The nodes of a body, each after those it reads; null of an empty body. */
function bodyItems(source: Source, scope: Scope, level: number): OutlineItem["children"] {
  const ids = Object.keys(scope.body);
  if (ids.length === 0) return null;
  return () => {
    const { order } = topologicalOrder(scope.body);
    const ordered = new Set([...order, ...ids]);
    return [...ordered].flatMap((id) => nodeItem(source, scope, id, level) ?? []);
  };
}

function nodeItem(source: Source, scope: Scope, id: string, level: number): ThingItem | null {
  const node = own(scope.body, id);
  const view = nodeView(scope, id, source.analysis, source.registry);
  if (node === undefined || view === null) return null;
  const bodies = innerScopes(scope, id, node);
  const item = thing(view, level);
  if (bodies.length === 0) return item;
  const children = () => [
    ...(item.children?.() ?? []),
    ...bodies.flatMap((body) => innerItems(source, body, level + 1)),
  ];
  return { ...item, children };
}

/** The nodes of a loop's body; of an `if` one item for each branch. */
function innerItems(source: Source, scope: Scope, level: number): readonly OutlineItem[] {
  if (scope.kind !== "branch") return bodyItems(source, scope, level)?.() ?? [];
  const key = keyOf(scope.path.slice(0, -1));
  const children = bodyItems(source, scope, level + 1);
  return [{ kind: "branch", key, name: scope.branch, level, children }];
}

const kinds = {
  node: "node",
  zone: "zone",
  block: "use",
  slot: "slot",
  output: "output",
  ghost: "ghost",
} as const;

function thing(view: NodeView, level: number): ThingItem {
  const ports = [...view.inputs, ...view.outputs];
  const params = view.params.map(({ name, value }) => `${name} ${plain(value)}`);
  const isBorder = view.kind === "slot" || view.kind === "output";
  const hasParts = ports.length + params.length + view.rails.length > 0 && !isBorder;
  return {
    kind: kinds[view.kind],
    key: view.key,
    name: view.id,
    level,
    title: isBorder ? "" : calledOf(view),
    symbol: view.symbol,
    words: wordsOf(view, params),
    types: [view.type, ...ports.map(({ type }) => (type === null ? "" : formatPortType(type)))],
    type: isBorder ? (ports[0]?.type ?? null) : null,
    reads: view.kind === "output" ? (view.inputs[0]?.ref ?? null) : null,
    children: hasParts ? () => partsOf(view, level + 1) : null,
  };
}

const calledOf = ({ label, title }: NodeView): string => label ?? title;

const wordsOf = ({ id, title, label, type }: NodeView, params: readonly string[]): string =>
  [id, title, label, type, ...params].join(" ").toLowerCase();

const plain = (value: unknown): string =>
  typeof value === "string" ? value : (JSON.stringify(value) ?? "");

function blockItems(source: Source, { blocks }: Document): OutlineItem["children"] {
  const names = Object.keys(blocks);
  if (names.length === 0) return null;
  return () =>
    names.flatMap((name): readonly ThingItem[] => {
      const scope = blockScope(source.analysis.document, name);
      if (scope === null) return [];
      const title = own(blocks, name)?.name ?? "";
      return [
        {
          kind: "block",
          key: keyOf(["blocks", name]),
          name,
          level: 2,
          title,
          symbol: symbolOf("block"),
          words: `${name} ${title}`.toLowerCase(),
          types: ["block"],
          type: null,
          reads: null,
          children: () => rootItems(source, scope, 3),
        },
      ];
    });
}

function noteItems(document: Document): OutlineItem["children"] {
  const { notes, frames } = uiOf(document);
  const items = [
    ...Object.entries(frames).map(([id, { title }]) => noteItem("frame", id, title)),
    ...Object.entries(notes).map(([id, { text }]) => noteItem("note", id, text)),
  ];
  return items.length === 0 ? null : () => items;
}

const noteItem = (kind: "note" | "frame", id: string, text: string): ThingItem => ({
  kind,
  key: keyOf(["ui", `${kind}s`, id]),
  name: id,
  level: 2,
  title: text.split("\n")[0] ?? "",
  symbol: kind === "note" ? "¶" : "▭",
  words: text.toLowerCase(),
  types: [kind],
  type: null,
  reads: null,
  children: null,
});
