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

interface Made {
  readonly registry: Registry;
  readonly key: Key;
  /** What the view is made of. */
  readonly of: object | null;
  /** Of more than that: then it is made again each time. */
  readonly dependsOnMore: () => boolean;
  readonly make: () => NodeView;
}

/** The view last made at a key: where it was made of the same object, or where the new one says the same. */
export function remembered({ registry, key, of, dependsOnMore, make }: Made): NodeView {
  const views = kept.get(registry) ?? new Map<Key, Kept>();
  kept.set(registry, views);
  const before = views.get(key);
  if (before !== undefined && before.of !== null && before.of === of) return before.view;
  const made = make();
  const text = JSON.stringify(made);
  const view = before?.text === text ? before.view : made;
  if (views.size >= mostKept) views.clear();
  views.set(key, { of: dependsOnMore() ? null : of, view, text });
  return view;
}
