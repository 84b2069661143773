import type { Registry } from "../../runtime/graph/define-node.ts";
import type { Scope } from "../../runtime/graph/scope.ts";
import type { Analysis } from "./analysis.ts";
import type { Origin } from "./connect.ts";
import type { Key } from "./keys.ts";
import { scopeAt } from "./keys.ts";
import type { NodeView, PortView } from "./node-view.ts";
import { nodeView, slotView } from "./node-view.ts";
import { interfaceAt, placeOf } from "./places.ts";

/** What a source's handle is called, and in which body; null of what is no source. */
export function originAt(analysis: Analysis, registry: Registry, handle: Key): Origin | null {
  const { document } = analysis;
  const view = viewOf(analysis, registry, handle);
  if (view === null) return null;
  const outside = view.outputs.find(({ key }) => key === handle);
  if (outside !== undefined) return originIn(scopeAt(document, view.key), outside);
  const inside = view.rails.flatMap(({ current }) => current).find(({ key }) => key === handle);
  return inside === undefined ? null : originIn(scopeAt(document, `${view.key}/body`), inside);
}

const originIn = (scope: Scope | null, { ref }: PortView): Origin | null =>
  scope === null || ref === null ? null : { scope, ref };

/** The node or slot that a handle stands on. */
function viewOf(analysis: Analysis, registry: Registry, handle: Key): NodeView | null {
  const { document } = analysis;
  const place = placeOf(document, handle);
  if (place !== null) return nodeView(place.scope, place.id, analysis, registry);
  const slot = interfaceAt(handle);
  const scope = scopeAt(document, handle);
  if (slot?.group !== "inputs" || scope?.kind !== "root") return null;
  return slotView(scope, slot.name, registry);
}
