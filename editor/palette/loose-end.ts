import type { Registry } from "../../runtime/graph/define-node.ts";
import { isResolved, resolveRef } from "../../runtime/graph/resolve.ts";
import type { Analysis } from "../document/analysis.ts";
import type { Origin } from "../document/connect.ts";
import type { Key } from "../document/keys.ts";
import { scopeAt } from "../document/keys.ts";
import { nodeView, slotView } from "../document/node-view.ts";
import type { LooseEnd } from "../document/palette.ts";
import { nodeAt } from "../document/places.ts";
import { sinkAt } from "../document/sinks.ts";

/** The type at a handle that a wire was dragged from; null where it is not known. */
export function looseEndAt(analysis: Analysis, registry: Registry, handle: Key): LooseEnd | null {
  const sink = sinkAt(analysis, registry, handle);
  if (sink !== null) return sink.wanted === null ? null : { type: sink.wanted, end: "target" };
  const origin = originAt(analysis, registry, handle);
  if (origin === null) return null;
  const resolved = resolveRef(origin.scope, origin.ref);
  const type = isResolved(resolved) ? analysis.types.typeOf(resolved) : null;
  return type === null ? null : { type, end: "source" };
}

/** What a source's handle is called, and in which body; null of what is no source. */
export function originAt(analysis: Analysis, registry: Registry, handle: Key): Origin | null {
  const { document } = analysis;
  const path = handle.split("/");
  for (let length = path.length - 1; length > 0; length -= 1) {
    const key = path.slice(0, length).join("/");
    const place = nodeAt(document, key);
    const outside = scopeAt(document, key);
    const root = outside?.kind === "root" && path[length - 2] === "inputs" ? outside : null;
    const view =
      place !== null
        ? nodeView(place.scope, place.id, analysis, registry)
        : root !== null
          ? slotView(root, path[length - 1] ?? "", registry)
          : null;
    if (view === null || outside === null) continue;
    const port = view.outputs.find((output) => output.key === handle);
    if (port?.ref != null) return { scope: outside, ref: port.ref };
    const inside = scopeAt(document, `${key}/body`);
    const rail = view.rails
      .flatMap(({ current }) => current)
      .find((output) => output.key === handle);
    return rail?.ref == null || inside === null ? null : { scope: inside, ref: rail.ref };
  }
  return null;
}
