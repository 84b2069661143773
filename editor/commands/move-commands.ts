import type { Studio } from "../app/studio.ts";
import { move } from "../document/edits/move.ts";
import type { Key } from "../document/keys.ts";
import { scopeAt, scopeKeyOf, uiNameOf } from "../document/keys.ts";
import { columnsOf, type Direction, neighbour } from "../document/navigate.ts";
import { type Point, uiOf } from "../document/ui.ts";
import { whereabouts } from "./boxes.ts";
import type { Command } from "./command.ts";
import { edit } from "./done.ts";
import { kindOf, needs, selected } from "./selected.ts";

/** Of the canvas' grid, in px. */
const grid = 8;
const far = 5;

const directions = [
  { name: "left", arrow: "ArrowLeft", by: [-grid, 0] },
  { name: "right", arrow: "ArrowRight", by: [grid, 0] },
  { name: "up", arrow: "ArrowUp", by: [0, -grid] },
  { name: "down", arrow: "ArrowDown", by: [0, grid] },
] as const;

const movable = ["node", "input", "output", "note", "frame"] as const;
const canMove = needs(...movable);

/** Going from node to node, and moving nodes, by arrow keys. */
export const moveCommands: readonly Command[] = [
  { id: "select.all", keys: ["$mod+a"], focus: "canvas", run: selectAll },
  { id: "select.none", run: ({ editor }) => editor.actions.select([]) },
  ...directions.map(({ name, arrow }): Command => ({
    id: `select.${name}`,
    keys: [arrow],
    focus: "canvas",
    run: (studio) => goTo(studio, name),
  })),
  ...directions.flatMap(({ name, arrow, by: [x, y] }): readonly Command[] => [
    {
      id: `edit.move-${name}`,
      keys: [`Alt+${arrow}`],
      focus: "canvas",
      when: canMove,
      run: moves([x, y]),
    },
    {
      id: `edit.move-far-${name}`,
      keys: [`Alt+Shift+${arrow}`],
      focus: "canvas",
      when: canMove,
      run: moves([x * far, y * far]),
    },
  ]),
];

/** From the selection, or from the first thing of the body where nothing is selected. */
function goTo(studio: Studio, direction: Direction): void {
  const { editor, announce, view } = studio;
  const { history, selection, scope } = editor.getState();
  const at = selection.at(-1);
  const known = (key: Key) => whereabouts(studio, key);
  const to =
    at === undefined ? firstIn(studio, scope) : neighbour(history.present, at, direction, known);
  if (to === null) return announce({ key: `commands.nothing.${direction}` });
  editor.actions.select([to]);
  view.setState(
    scopeKeyOf(to) === scopeKeyOf(at ?? to) ? { camera: "follow" } : { flight: { key: to } },
  );
  announce({ key: "commands.said.selected", values: { name: uiNameOf(to) } });
}

function firstIn(studio: Studio, body: Key): Key | null {
  const { present } = studio.editor.getState().history;
  const scope = scopeAt(present, body);
  if (scope === null) return null;
  return columnsOf(present, scope, (key) => whereabouts(studio, key))[0]?.[0] ?? null;
}

function selectAll(studio: Studio): void {
  const { editor } = studio;
  const { history, scope } = editor.getState();
  const body = scopeAt(history.present, scope);
  if (body === null) return;
  const { notes, frames } = uiOf(history.present);
  const drawn = (part: "notes" | "frames", entries: typeof notes | typeof frames) =>
    Object.entries(entries)
      .filter(([, entry]) => entry.scope === scope)
      .map(([id]) => `ui/${part}/${id}`);
  editor.actions.select([
    ...columnsOf(history.present, body, () => null).flat(),
    ...drawn("notes", notes),
    ...drawn("frames", frames),
  ]);
}

/** Presses without a pause between them are one gesture, until Alt is let go. */
function moves([dx, dy]: readonly [number, number]) {
  return (studio: Studio): void => {
    const keys = selected(studio, ...movable);
    const places = new Map(
      keys.map((key): [Key, Point] => {
        const [x, y] = whereabouts(studio, key) ?? [0, 0];
        return [key, [x + dx, y + dy]];
      }),
    );
    const gesture = `move ${keys.map((key) => `${kindOf(studio, key)} ${key}`).join(" ")}`;
    edit(studio, { key: "commands.done.move", of: keys, gesture }, (draft) => move(draft, places));
  };
}
