import type { Scope } from "../../runtime/graph/scope.ts";
import type { Origin } from "../document/connect.ts";
import type { Key } from "../document/keys.ts";
import { scopeAt } from "../document/keys.ts";
import type { Document } from "../../runtime/graph/document.ts";
import type { PortView } from "../document/node-view.ts";
import type { ItemNode } from "./flow-model.ts";

/** The handles at which wires begin, by key: what each is called, and in which body. */
export function originsIn(
  document: Document,
  nodes: readonly ItemNode[],
): ReadonlyMap<Key, Origin> {
  return new Map(
    nodes.flatMap((node) => {
      if (!("view" in node.data)) return [];
      const { view } = node.data;
      const outside = scopeAt(document, view.key);
      const inside = scopeAt(document, `${view.key}/body`);
      return [
        ...view.outputs.flatMap((port) => originOf(outside, port)),
        ...view.rails.flatMap(({ current }) => current.flatMap((port) => originOf(inside, port))),
      ];
    }),
  );
}

function originOf(scope: Scope | null, port: PortView): readonly (readonly [Key, Origin])[] {
  return scope === null || port.ref === null ? [] : [[port.key, { scope, ref: port.ref }]];
}
