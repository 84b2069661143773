import type { Feed } from "./slots.ts";
import type { AnyNode, AssetRef, Registry } from "../graph/define-node.ts";
import { isPlainNode, type Document, type Slot } from "../graph/document.ts";
import type { FilePath } from "../graph/file-path.ts";
import { readParams } from "../graph/params.ts";
import { blockScope, graphScope, innerScopes, type Scope } from "../graph/scope.ts";

/** A file that a graph needs, and where the graph says so. */
export interface NeededAsset {
  readonly kind: AssetRef["kind"];
  readonly file: string;
  /** Path in the document. */
  readonly path: FilePath;
  readonly sha256?: string;
}

/** Every file that the nodes and slot defaults of a valid document name; `fed` slots need none. */
export function neededByDocument(
  document: Document,
  registry: Registry,
  fed: ReadonlySet<string>,
): readonly NeededAsset[] {
  const blocks = Object.keys(document.blocks).flatMap((name) => {
    const scope = blockScope(document, name);
    return scope === null
      ? []
      : [
          ...neededBySlots(scope.inputs, ["blocks", name, "inputs"], registry),
          ...neededByScope(scope, registry),
        ];
  });
  const open = Object.fromEntries(
    Object.entries(document.inputs).filter(([name]) => !fed.has(name)),
  );
  return [
    ...neededBySlots(open, ["inputs"], registry),
    ...neededByScope(graphScope(document), registry),
    ...blocks,
  ];
}

/** Files that a fed node names; `at` is where a person gave it. */
export function neededByFeed(feed: Feed, at: FilePath, registry: Registry): readonly NeededAsset[] {
  if (feed.kind !== "node") return [];
  const definition = definitionOf(registry, feed.type, feed.v);
  return definition === undefined ? [] : neededByNode(definition, feed.params, at);
}

function neededBySlots(
  slots: Readonly<Record<string, Slot>>,
  path: FilePath,
  registry: Registry,
): readonly NeededAsset[] {
  return Object.entries(slots).flatMap(([name, { default: given }]): readonly NeededAsset[] => {
    const at = [...path, name, "default"];
    if (given === undefined || typeof given === "number") return [];
    if ("asset" in given) {
      const kind = given.asset.endsWith(".npy") ? "tensor" : "image";
      const { sha256 } = given;
      const hash = sha256 === undefined ? {} : { sha256 };
      return [{ kind, file: given.asset, path: [...at, "asset"], ...hash }];
    }
    const definition = definitionOf(registry, given.type, given.v);
    return definition === undefined ? [] : neededByNode(definition, given.params ?? {}, at);
  });
}

function neededByScope(scope: Scope, registry: Registry): readonly NeededAsset[] {
  return Object.entries(scope.body).flatMap(([id, node]): readonly NeededAsset[] => {
    const inside = innerScopes(scope, id, node).flatMap((inner) => neededByScope(inner, registry));
    if (!isPlainNode(node)) return inside;
    const definition = definitionOf(registry, node.type, node.v);
    if (definition === undefined) return inside;
    return neededByNode(definition, node.params ?? {}, [...scope.path, id]);
  });
}

function neededByNode(
  definition: AnyNode,
  given: Readonly<Record<string, unknown>>,
  path: FilePath,
): readonly NeededAsset[] {
  if (definition.assets === undefined) return [];
  const { params } = readParams(definition, given);
  if (params === null) return [];
  return definition.assets(params).map(({ kind, file, path: inside }) => {
    const params = inside[0] === "params" ? inside : ["params", ...inside];
    return { kind, file, path: [...path, ...params] };
  });
}

function definitionOf(
  registry: Registry,
  type: string,
  v: number | undefined,
): AnyNode | undefined {
  return v === undefined ? registry.versions(type)[0] : registry.find(type, v);
}
