import { widthOf } from "./node-metrics.ts";
import type { NodeView } from "./view.ts";

const known = new WeakMap<NodeView, NodeView>();

/** A view under another name, wide enough for it; the same object for the same view and name. */
export function labelled(view: NodeView, label: string | null): NodeView {
  if (label === null) return view;
  const before = known.get(view);
  if (before?.label === label) return before;
  const made = { ...view, label, width: Math.max(view.width, widthOf(label, [])) };
  known.set(view, made);
  return made;
}
