import type { Key } from "../document/keys.ts";
import type { OutlineItem } from "./item.ts";

/** An item that is visible, with its place among its siblings. */
export interface OutlineRow {
  readonly item: OutlineItem;
  readonly parent: Key | null;
  readonly open: boolean;
  /** From 1. */
  readonly position: number;
  readonly siblings: number;
}

/** Items that are open although nobody opened them: headings outside of blocks. */
const opensByItself = ({ kind, level }: OutlineItem): boolean => kind === "section" && level === 1;

export const isOpen = (item: OutlineItem, toggled: ReadonlySet<Key>): boolean =>
  item.children !== null && toggled.has(item.key) !== opensByItself(item);

/** All visible rows, from top to bottom; `toggled` are the items that were opened, or closed where they open by themselves. */
export function visibleRows(
  items: readonly OutlineItem[],
  toggled: ReadonlySet<Key>,
  parent: Key | null = null,
): readonly OutlineRow[] {
  return items.flatMap((item, i) => {
    const open = isOpen(item, toggled);
    const row = { item, parent, open, position: i + 1, siblings: items.length };
    return open ? [row, ...visibleRows(item.children?.() ?? [], toggled, item.key)] : [row];
  });
}

/** The items that must be open for a key to be visible: all whose place holds it. */
export function openingsFor(
  items: readonly OutlineItem[],
  key: Key,
  toggled: ReadonlySet<Key>,
): ReadonlySet<Key> {
  const opened = new Set(toggled);
  const reveal = (level: readonly OutlineItem[]): void => {
    for (const item of level) {
      if (item.children === null || !holds(item, key)) continue;
      if (!isOpen(item, opened)) toggle(opened, item.key);
      reveal(item.children());
    }
  };
  reveal(items);
  return opened;
}

/** A rail stands beside its ports in the file; all else holds what is in it. */
const holds = (item: OutlineItem, key: Key): boolean =>
  item.kind === "rail"
    ? item.children?.().some((port) => port.key === key) === true
    : key.startsWith(`${item.key}/`);

export function toggle(set: Set<Key>, key: Key): void {
  if (!set.delete(key)) set.add(key);
}
