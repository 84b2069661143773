import type { Key } from "../document/keys.ts";
import type { OutlineItem, ThingItem } from "./item.ts";
import type { OutlineRow } from "./rows.ts";

/** States that `is:` asks for. */
export const states = ["error", "changed", "probed", "bypassed"] as const;
export type State = (typeof states)[number];

/** A search taken apart. */
export interface Query {
  readonly words: readonly string[];
  readonly types: readonly string[];
  readonly states: readonly State[];
  /** What stands after `is:` and is no state: nothing is found then. */
  readonly unknown: readonly string[];
}

/** Reads `denoise type:prior is:error`. */
export function parseQuery(text: string): Query {
  const terms = text.toLowerCase().split(/\s+/).filter(Boolean);
  const after = (prefix: string) =>
    terms.filter((term) => term.startsWith(prefix)).map((term) => term.slice(prefix.length));
  const asked = after("is:");
  return {
    words: terms.filter((term) => !/^(type|is):/.test(term)),
    types: after("type:"),
    states: states.filter((state) => asked.includes(state)),
    unknown: asked.filter((name) => !states.some((state) => state === name)),
  };
}

/** Keys that are in each state. */
export type StateKeys = Readonly<Record<State, ReadonlySet<Key>>>;

export function matches(item: ThingItem, query: Query, keys: StateKeys): boolean {
  return (
    query.unknown.length === 0 &&
    query.words.every((word) => item.words.includes(word)) &&
    query.types.every((wanted) => item.types.some((type) => type.toLowerCase().includes(wanted))) &&
    query.states.every((state) => keys[state].has(item.key))
  );
}

const isThing = (item: OutlineItem): item is ThingItem =>
  !["section", "branch", "rail", "port", "param"].includes(item.kind);

/** What matches, under all that is around it. */
export function matchingRows(
  items: readonly OutlineItem[],
  query: Query,
  keys: StateKeys,
  parent: Key | null = null,
): readonly OutlineRow[] {
  const found = items.flatMap((item) => {
    if (["rail", "port", "param"].includes(item.kind)) return [];
    const inside = matchingRows(item.children?.() ?? [], query, keys, item.key);
    const itself = isThing(item) && matches(item, query, keys);
    return inside.length > 0 || itself ? [{ item, inside }] : [];
  });
  return found.flatMap(({ item, inside }, i) => [
    { item, parent, open: inside.length > 0, position: i + 1, siblings: found.length },
    ...inside,
  ]);
}
