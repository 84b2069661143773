import type { Document } from "../../../runtime/graph/document.ts";
import { own } from "../../../runtime/graph/own.ts";
import type { Scope } from "../../../runtime/graph/scope.ts";
import { innerScopes, scopesOutwards } from "../../../runtime/graph/scope.ts";
import type { Key } from "../keys.ts";
import { keyOf, scopeAt, uiNameOf } from "../keys.ts";
import { rootScopes } from "../reads.ts";
import { uiOf } from "../ui.ts";

/** Bodies in which something may have become larger or smaller between two states of a document, innermost first. */
export function touchedBodies(before: Document, after: Document): readonly Key[] {
  const touched = new Set<Key>();
  const touch = (scope: Scope | null): void => {
    for (const each of scope === null ? [] : scopesOutwards(scope)) touched.add(keyOf(each.path));
  };
  const marks = changedMarks(before, after);
  const visit = (scope: Scope): void => {
    const path = keyOf(scope.path);
    const past = scopeAt(before, path);
    const old = past !== null && keyOf(past.path) === path ? past.body : {};
    if (old !== scope.body || bordersOf(before, past) !== bordersOf(after, scope)) touch(scope);
    if (old === scope.body && marks.isEmpty) return;
    for (const [id, node] of Object.entries(scope.body)) {
      const name = marks.isEmpty ? "" : uiNameOf(keyOf([...scope.path, id]));
      if (marks.sizes.has(name)) touch(scope);
      // What is moved makes the zone around it larger, and nothing beside it.
      if (marks.places.has(name)) touch(scope.parent);
      for (const inner of innerScopes(scope, id, node)) visit(inner);
    }
  };
  for (const root of rootScopes(after)) visit(root);
  return [...touched].toSorted((a, b) => b.split("/").length - a.split("/").length);
}

/** The slots and outputs of a graph or a block, as a text; empty of other bodies. */
function bordersOf(document: Document, scope: Scope | null): string {
  if (scope === null || scope.kind !== "root") return "";
  const block = scope.block === null ? document : own(document.blocks, scope.block);
  return `${Object.keys(scope.inputs).join()} ${Object.keys(block?.outputs ?? {}).join()}`;
}

/** Names of things that were moved, and of those that were closed, opened, or began or ceased to be watched. */
function changedMarks(before: Document, after: Document) {
  const [a, b] = [uiOf(before), uiOf(after)];
  const places =
    a.nodes === b.nodes
      ? []
      : [...new Set([...Object.keys(a.nodes), ...Object.keys(b.nodes)])].filter(
          (name) => String(a.nodes[name]) !== String(b.nodes[name]),
        );
  const probed = differing(a.probes, b.probes).map((wire) => wire.split(".")[0] ?? "");
  const sizes = new Set([...differing(a.collapsed, b.collapsed), ...probed]);
  return { places: new Set(places), sizes, isEmpty: places.length + sizes.size === 0 };
}

const differing = (a: readonly string[], b: readonly string[]): readonly string[] => [
  ...a.filter((name) => !b.includes(name)),
  ...b.filter((name) => !a.includes(name)),
];
