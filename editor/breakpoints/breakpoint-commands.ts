import type { Studio } from "../app/studio.ts";
import type { Command } from "../commands/command.ts";
import type { Message } from "../document/history.ts";
import { uiOf } from "../document/ui.ts";
import { addBreakpoint, isAt, removeBreakpoints, switchBreakpoints } from "./edits.ts";
import { nameOfPlace, placesMeant } from "./places.ts";

const breakpointsIn = ({ editor }: Studio) => uiOf(editor.getState().history.present).breakpoints;

const hasPlace = (studio: Studio): true | Message =>
  placesMeant(studio).length > 0 ? true : { key: "breakpoints.lack.place" };

const hasAny = (studio: Studio): true | Message =>
  breakpointsIn(studio).length > 0 ? true : { key: "breakpoints.lack.any" };

/** Stopping a run where something can be looked at. */
export const breakpointCommands: readonly Command[] = [
  {
    id: "breakpoint.toggle",
    keys: ["F9"],
    focus: "everywhere",
    when: hasPlace,
    run: toggle,
  },
  {
    id: "breakpoint.list",
    keys: ["Shift+F9"],
    focus: "everywhere",
    run: ({ view }) => view.setState({ bottom: "breakpoints" }),
  },
  { id: "breakpoint.switch", keys: ["$mod+F9"], focus: "everywhere", when: hasAny, run: switchAll },
  {
    id: "breakpoint.clear",
    keys: ["$mod+Shift+F9"],
    focus: "everywhere",
    when: hasAny,
    run: ({ editor }) =>
      editor.actions.edit({ label: { key: "breakpoints.edits.clear" } }, removeBreakpoints(all)),
  },
];

const all = (): boolean => true;

/** Sets one at each place that has none; where all have one, takes them away. */
function toggle(studio: Studio): void {
  const places = placesMeant(studio);
  const before = breakpointsIn(studio);
  const free = places.filter((place) => !before.some(isAt(place)));
  const names = (free.length > 0 ? free : places).map(nameOfPlace).join(", ");
  const how = free.length > 0 ? "add" : "remove";
  const label = { key: `breakpoints.edits.${how}`, values: { names } };
  studio.editor.actions.edit({ label }, (draft) => {
    for (const place of free) addBreakpoint(place)(draft);
    if (free.length > 0) return;
    for (const place of places) removeBreakpoints(isAt(place))(draft);
  });
}

function switchAll(studio: Studio): void {
  const enabled = !breakpointsIn(studio).every((breakpoint) => breakpoint.enabled);
  const label = { key: `breakpoints.edits.${enabled ? "all-on" : "all-off"}` };
  studio.editor.actions.edit({ label }, switchBreakpoints(enabled));
}
