import type { Registry } from "../../../runtime/graph/define-node.ts";
import type { Key } from "../keys.ts";
import type { NodeView } from "./view.ts";

interface Kept {
  readonly of: object | null;
  readonly view: NodeView;
  /** The view as text. */
  readonly text: string;
}

/** Views kept for a registry before all are let go. */
const mostKept = 20_000;
const kept = new WeakMap<Registry, Map<Key, Kept>>();

/**
 * The view last made at a key, where `of` is what it was made of, or where the new one says the same. `of` is null
 * where a view depends on more than one object of the document.
 */
export function remembered(
  registry: Registry,
  key: Key,
  of: object | null,
  make: () => NodeView,
): NodeView {
  const views = kept.get(registry) ?? new Map<Key, Kept>();
  kept.set(registry, views);
  const before = views.get(key);
  if (before !== undefined && of !== null && before.of === of) return before.view;
  const made = make();
  const text = JSON.stringify(made);
  const view = before?.text === text ? before.view : made;
  if (views.size >= mostKept) views.clear();
  views.set(key, { of, view, text });
  return view;
}
