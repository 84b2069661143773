import type { Key } from "../document/keys.ts";
import type { OutlineRow } from "./rows.ts";

/** What a key of the tree does. */
export type Move =
  | { readonly kind: "go"; readonly key: Key }
  | { readonly kind: "toggle"; readonly key: Key };

const pageLength = 12;

/** Null for a key that moves nothing, as at the ends. */
export function move(rows: readonly OutlineRow[], active: Key | null, key: string): Move | null {
  const at = rows.findIndex(({ item }) => item.key === active);
  const row = rows[at];
  if (row === undefined) return null;
  if (key === "ArrowRight") return inwards(rows, at, row);
  if (key === "ArrowLeft") return outwards(row);
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: rows.length - 1,
    PageDown: Math.min(at + pageLength, rows.length - 1),
    PageUp: Math.max(at - pageLength, 0),
  };
  const to = steps[key];
  return to === undefined ? null : go(rows[to]);
}

/** Opens a closed row; from an open one to its first child. */
const inwards = (
  rows: readonly OutlineRow[],
  at: number,
  { item, open }: OutlineRow,
): Move | null => {
  if (item.children === null) return null;
  if (!open) return { kind: "toggle", key: item.key };
  const child = rows[at + 1];
  return child?.parent === item.key ? go(child) : null;
};

/** Closes an open row; from a closed one to what holds it. */
const outwards = ({ item, open, parent }: OutlineRow): Move | null => {
  if (open) return { kind: "toggle", key: item.key };
  return parent === null ? null : { kind: "go", key: parent };
};

const go = (row: OutlineRow | undefined): Move | null =>
  row === undefined ? null : { kind: "go", key: row.item.key };

/** The next row whose name begins with the letters; the same letter again goes on to the one after. */
export function typedAhead(
  rows: readonly OutlineRow[],
  active: Key | null,
  typed: string,
): Key | null {
  const letters = typed.toLowerCase();
  const same = [...letters].every((letter) => letter === letters[0]);
  const wanted = same ? letters.slice(0, 1) : letters;
  const at = rows.findIndex(({ item }) => item.key === active);
  const from = same ? at + 1 : Math.max(at, 0);
  const around = [...rows.slice(from), ...rows.slice(0, from)];
  return around.find(({ item }) => item.name.toLowerCase().startsWith(wanted))?.item.key ?? null;
}
