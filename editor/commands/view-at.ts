import type { Registry } from "../../runtime/graph/define-node.ts";
import type { Analysis } from "../document/analysis.ts";
import type { Key } from "../document/keys.ts";
import { scopeAt } from "../document/keys.ts";
import { type NodeView, nodeView, outputView, slotView } from "../document/node-view.ts";
import { interfaceAt, placeOf } from "../document/places.ts";

/** What is shown of the node, slot or output that a key names or lies in; null where there is none. */
export function viewAt(analysis: Analysis, registry: Registry, key: Key): NodeView | null {
  const { document } = analysis;
  const outside = interfaceAt(key);
  if (outside === null) {
    const place = placeOf(document, key);
    return place === null ? null : nodeView(place.scope, place.id, analysis, registry);
  }
  const scope = scopeAt(document, key);
  if (scope?.kind !== "root") return null;
  return outside.group === "inputs"
    ? slotView(scope, outside.name, registry)
    : outputView(scope, outside.name, analysis, registry);
}
