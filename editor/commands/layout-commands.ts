import type { Studio } from "../app/studio.ts";
import { setBends, setCollapsed, setPortal } from "../document/edits/marks.ts";
import { addFrame, addNote, frameAround } from "../document/edits/notes.ts";
import type { Message } from "../document/history.ts";
import type { Key } from "../document/keys.ts";
import { scopeKeyOf, uiNameOf } from "../document/keys.ts";
import { readsOf } from "../document/reads.ts";
import { type Point, uiOf } from "../document/ui.ts";
import { ownerKeyOf } from "../document/wires.ts";
import { boxOf, cornerOf, whereabouts } from "./boxes.ts";
import type { Command } from "./command.ts";
import { edit } from "./done.ts";
import { bodyOfSelected, hasZone, needs, selected, zonesOf } from "./selected.ts";

/** What changes how the graph is drawn, never what it computes. */
export const layoutCommands: readonly Command[] = [
  {
    id: "edit.frame",
    keys: ["f"],
    focus: "canvas",
    when: needs("node", "input", "output"),
    run: frames,
  },
  { id: "edit.note", keys: ["n"], focus: "canvas", run: notes },
  { id: "edit.collapse", keys: ["e"], focus: "canvas", when: hasZone, run: collapses },
  { id: "edit.portal", keys: ["o"], focus: "canvas", when: hasWire, run: portals },
  { id: "edit.reroute", keys: ["."], focus: "canvas", when: hasWire, run: bends },
];

function frames(studio: Studio): void {
  const keys = selected(studio, "node", "input", "output");
  const scope = scopeKeyOf(keys[0] ?? "");
  const inside = keys.filter((key) => scopeKeyOf(key) === scope);
  const { at, size } = frameAround(inside.map((key) => boxOf(studio, key)));
  let frame: Key | null = null;
  edit(studio, { key: "commands.done.frame", of: inside }, (draft) => {
    frame = addFrame(draft, { at, size, title: "", colour: "grey", scope });
  });
  if (frame !== null) inspect(studio, frame);
}

const noteSize: Point = [240, 96];
const gap = 24;

/** Over what is selected, else at the origin of the body that is shown; its words are written in the inspector. */
function notes(studio: Studio): void {
  const kinds = ["node", "input", "output"] as const;
  const scope = bodyOfSelected(studio, ...kinds);
  const [x, y] = cornerOf(
    studio,
    selected(studio, ...kinds).filter((key) => scopeKeyOf(key) === scope),
  ) ?? [0, 0];
  const at: Point = [x, y - noteSize[1] - gap];
  let note: Key | null = null;
  edit(studio, { key: "commands.done.note", of: [] }, (draft) => {
    note = addNote(draft, { at, size: noteSize, text: "", scope });
  });
  if (note !== null) inspect(studio, note);
}

function inspect({ editor, view }: Studio, key: Key): void {
  editor.actions.select([key]);
  view.setState({ right: "inspector", focus: "inspector" });
}

/** All are closed, or opened where all were closed. */
function collapses(studio: Studio): void {
  const zones = zonesOf(studio);
  const { collapsed } = uiOf(studio.editor.getState().history.present);
  const all = zones.every((zone) => collapsed.includes(uiNameOf(zone)));
  const key = all ? "commands.done.expand" : "commands.done.collapse";
  edit(studio, { key, of: zones }, (draft) => {
    for (const zone of zones) setCollapsed(draft, zone, !all);
  });
}

const wiresOf = (studio: Studio): readonly Key[] => {
  const { present } = studio.editor.getState().history;
  const wires = new Set(
    readsOf(present)
      .filter((read) => !read.inExpression && read.from !== null)
      .map(({ key }) => key),
  );
  return studio.editor.getState().selection.filter((key) => wires.has(key));
};

function hasWire(studio: Studio): true | Message {
  return wiresOf(studio).length > 0 ? true : { key: "commands.lack.wire" };
}

function portals(studio: Studio): void {
  const wires = wiresOf(studio);
  const drawn = uiOf(studio.editor.getState().history.present).portals;
  const all = wires.every((wire) => drawn.includes(wire));
  const key = all ? "commands.done.line" : "commands.done.portal";
  edit(studio, { key, of: wires }, (draft) => {
    for (const wire of wires) setPortal(draft, wire, !all);
  });
}

/** Each gets a bend halfway between its ends, or becomes straight where it has bends. */
function bends(studio: Studio): void {
  const wires = wiresOf(studio);
  const { present } = studio.editor.getState().history;
  const { reroutes } = uiOf(present);
  const key = wires.every((wire) => reroutes[wire] !== undefined)
    ? "commands.done.straight"
    : "commands.done.bend";
  edit(studio, { key, of: wires }, (draft) => {
    for (const wire of wires)
      setBends(draft, wire, reroutes[wire] === undefined ? [halfway(studio, wire)] : []);
  });
}

function halfway(studio: Studio, wire: Key): Point {
  const { present } = studio.editor.getState().history;
  const read = readsOf(present).find(({ key }) => key === wire);
  const from = read?.from ?? null;
  const ends = [from === null ? null : ownerKeyOf(from.source), read?.target ?? null];
  const points = ends.flatMap((key) => (key === null ? [] : [whereabouts(studio, key) ?? [0, 0]]));
  const mean = (axis: 0 | 1) =>
    points.reduce((sum, point) => sum + (point[axis] ?? 0), 0) / Math.max(1, points.length);
  return [mean(0), mean(1)];
}
