import { useEffect, useMemo, useRef, useState } from "react";
import { useAnalysis, useEditor, useStudio } from "../app/use-studio.ts";
import type { Key } from "../document/keys.ts";
import { matchingRows, parseQuery, type Query, type StateKeys } from "./filter.ts";
import { selectedBy } from "./item.ts";
import { type OutlineRow, openingsFor, toggle, visibleRows } from "./rows.ts";
import { stateKeys } from "./state-keys.ts";
import { outlineOf } from "./tree.ts";

/** The tree as it is shown, and what moves in it. */
export interface Outline {
  readonly rows: readonly OutlineRow[];
  readonly keys: StateKeys;
  readonly query: Query | null;
  /** Things that match the search. */
  readonly found: number;
  /** The row that the keyboard is on. */
  readonly active: Key | null;
  readonly activate: (key: Key) => void;
  readonly toggle: (key: Key) => void;
  /** What a search came to: the row that the keyboard is on where it matches, else the first that does. */
  readonly hit: Key | null;
  /** Opens the whole tree at a thing, and makes it the active one. */
  readonly reveal: (key: Key) => void;
}

export function useOutline(text: string): Outline {
  const { registry } = useStudio();
  const analysis = useAnalysis((all) => all);
  const saved = useEditor(({ file }) => file.saved);
  const [toggled, setToggled] = useState<ReadonlySet<Key>>(new Set());
  const [active, setActive] = useState<Key | null>(null);
  const items = useMemo(() => outlineOf({ analysis, registry }), [analysis, registry]);
  const keys = useMemo(() => stateKeys(analysis, saved), [analysis, saved]);
  const query = useMemo(() => (text.trim() === "" ? null : parseQuery(text)), [text]);
  const rows = useMemo(
    () => (query === null ? visibleRows(items, toggled) : matchingRows(items, query, keys)),
    [items, toggled, query, keys],
  );
  const openAt = (key: Key) => setToggled((before) => openingsFor(items, key, before));
  useSelectionRevealed((key) => {
    openAt(key);
    setActive((before) => (before !== null && belongsTo(rows, before, key) ? before : key));
  });
  const hits = query === null ? [] : rows.filter(({ open }) => !open);
  const lasting = useLasting(rows, active);
  return {
    rows,
    keys,
    query,
    found: hits.length,
    active: lasting,
    hit: (hits.find(({ item }) => item.key === lasting) ?? hits[0])?.item.key ?? null,
    reveal: (key) => {
      openAt(key);
      setActive(key);
    },
    activate: setActive,
    toggle: (key) => {
      const next = new Set(toggled);
      toggle(next, key);
      setToggled(next);
    },
  };
}

/** The active row; where it is gone, the one that stands in its place now. */
function useLasting(rows: readonly OutlineRow[], active: Key | null): Key | null {
  const last = useRef(0);
  const found = rows.findIndex(({ item }) => item.key === active);
  const at = found === -1 ? Math.min(last.current, rows.length - 1) : found;
  useEffect(() => {
    last.current = Math.max(0, at);
  }, [at]);
  return rows[at]?.item.key ?? null;
}

/** Whether the row of `active` already stands for what is selected: a port for its node. */
const belongsTo = (rows: readonly OutlineRow[], active: Key, selected: Key): boolean => {
  const row = rows.find(({ item }) => item.key === active);
  return row !== undefined && selectedBy(row.item) === selected;
};

/** Opens the tree where something was selected elsewhere. */
function useSelectionRevealed(reveal: (key: Key) => void): void {
  const selected = useEditor(({ selection }) =>
    selection.length === 1 ? selection[0] : undefined,
  );
  useEffect(() => {
    if (selected !== undefined) reveal(selected);
    // Only a new selection is revealed: rows that a person closes stay closed.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [selected]);
}
