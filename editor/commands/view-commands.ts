import type { Studio } from "../app/studio.ts";
import type { Camera, Dialog, Region, ViewState } from "../state/view-store.ts";
import type { Command } from "./command.ts";
import { hasLeave, isInside, openThing, stepBack, stepOut } from "./diving.ts";
import { goToProblem } from "./problems.ts";
import { needs } from "./selected.ts";

const opens = (dialog: Dialog) => (studio: Studio) => studio.view.setState({ dialog });
const zooms = (camera: Camera) => (studio: Studio) => studio.view.setState({ camera });

/** Shows a panel, or hides it where it is shown. */
const toggles =
  <Side extends "left" | "right" | "bottom" | "picture">(
    side: Side,
    panel: NonNullable<ViewState[Side]>,
  ) =>
  ({ view }: Studio) =>
    view.setState((state) => ({ [side]: state[side] === null ? panel : null }));

const shows =
  (panels: Partial<ViewState>, focus: Region | null = null) =>
  ({ view }: Studio) =>
    view.setState({ ...panels, focus });

/** What changes what is shown, and never the document. */
export const viewCommands: readonly Command[] = [
  {
    id: "view.commands",
    keys: ["$mod+k", "$mod+Shift+p"],
    focus: "everywhere",
    run: opens("commands"),
  },
  { id: "view.shortcuts", keys: ["Shift+?"], run: opens("shortcuts") },
  {
    id: "view.find",
    keys: ["$mod+f"],
    focus: "everywhere",
    run: shows({ left: "outline" }, "find"),
  },
  { id: "view.goTo", keys: ["$mod+g"], focus: "everywhere", run: opens("go-to") },
  {
    id: "view.open",
    keys: ["Enter", "$mod+ArrowDown"],
    focus: "canvas",
    when: needs("node", "input", "output"),
    run: openThing,
  },
  {
    id: "view.out",
    keys: ["$mod+ArrowUp"],
    focus: "canvas",
    when: isInside,
    run: stepOut,
  },
  { id: "view.back", keys: ["Escape"], focus: "canvas", when: hasLeave, run: stepBack },
  {
    id: "view.nextProblem",
    keys: ["F8"],
    focus: "everywhere",
    run: (studio) => goToProblem(studio, 1),
  },
  {
    id: "view.previousProblem",
    keys: ["Shift+F8"],
    focus: "everywhere",
    run: (studio) => goToProblem(studio, -1),
  },
  { id: "view.fit", keys: ["Shift+Digit1"], run: zooms("fit") },
  {
    id: "view.fitSelection",
    keys: ["Shift+Digit2"],
    when: needs("node", "input", "output", "note", "frame"),
    run: zooms("selection"),
  },
  { id: "view.zoomIn", keys: ["$mod+=", "$mod+Shift++"], run: zooms("in") },
  { id: "view.zoomOut", keys: ["$mod+-"], run: zooms("out") },
  { id: "view.zoomActual", keys: ["$mod+0"], run: zooms("actual") },
  { id: "view.left", keys: ["["], run: toggles("left", "outline") },
  { id: "view.right", keys: ["]"], run: toggles("right", "inspector") },
  { id: "view.bottom", keys: ["`"], run: toggles("bottom", "timeline") },
  { id: "view.picture", keys: ["\\"], run: toggles("picture", "shown") },
  { id: "view.library", run: shows({ left: "library" }) },
  { id: "view.outline", keys: ["$mod+Shift+o"], run: shows({ left: "outline" }, "outline") },
  { id: "view.inspector", keys: ["$mod+Shift+i"], run: shows({ right: "inspector" }, "inspector") },
  { id: "view.docs", run: shows({ right: "docs" }) },
  { id: "view.timeline", run: shows({ bottom: "timeline" }) },
  { id: "view.probes", run: shows({ bottom: "probes" }) },
  { id: "view.problems", run: shows({ bottom: "problems" }) },
  { id: "view.canvas", keys: ["$mod+Shift+e"], run: shows({}, "canvas") },
  { id: "view.light", run: shows({ theme: "light" }) },
  { id: "view.dark", run: shows({ theme: "dark" }) },
  { id: "view.system", run: shows({ theme: "system" }) },
];
