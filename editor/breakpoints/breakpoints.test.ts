import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createStore } from "zustand/vanilla";
import { registry } from "../../nodes/index.ts";
import { twoZones } from "../../test/studio/two-zones.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { createStudio } from "../app/create-studio.ts";
import { perform, whyNot } from "../commands/perform.ts";
import { rename } from "../document/edits/rename.ts";
import { uiOf } from "../document/ui.ts";
import { noProgress } from "../run/run-progress.ts";
import type { RunStore } from "../run/run-store.ts";
import { breakpointCommands } from "./breakpoint-commands.ts";
import { changeBreakpoint } from "./edits.ts";
import { untilId } from "../run/until.ts";
import { heldBy, isInner, keyOfPlace } from "./places.ts";

const file = new URL("../../graphs/samplers/dps.json", import.meta.url);
const { document } = readDocument(readFileSync(file, "utf8"));
const noRun = Object.assign(
  createStore(() => noProgress),
  { actions: {} },
) as unknown as RunStore;

function open() {
  if (document === null) throw new Error("dps does not read");
  const studio = createStudio({ registry, document, name: "dps", createRun: () => noRun });
  const { editor } = studio;
  const does = (id: string): void => {
    const command = breakpointCommands.find((each) => each.id === id);
    if (command === undefined) throw new Error(`no command ${id}`);
    expect(whyNot(studio, command)).toBeNull();
    perform(studio, command);
  };
  const lacks = (id: string) => {
    const command = breakpointCommands.find((each) => each.id === id);
    return command === undefined ? null : whyNot(studio, command);
  };
  const all = () => uiOf(editor.getState().history.present).breakpoints;
  return { studio, editor, does, lacks, all };
}

describe("breakpoints", () => {
  test("F9 sets one at the selected node's wire or the zone, and takes it away again", () => {
    const { editor, does, all } = open();
    editor.actions.select(["graph/reverse/body/size"]);
    does("breakpoint.toggle");
    editor.actions.select(["graph/reverse"]);
    does("breakpoint.toggle");
    expect(all()).toMatchObject([
      { id: "b1", wire: "reverse/size.norm", zone: null, condition: "1", enabled: true },
      { id: "b2", wire: null, zone: "reverse" },
    ]);
    does("breakpoint.toggle");
    expect(all().map(({ id }) => id)).toEqual(["b1"]);
    editor.actions.undo();
    expect(all()).toHaveLength(2);
  });

  test("a wire into a node counts as the wire out of the one before", () => {
    const { editor, does, all } = open();
    editor.actions.select(["graph/reverse/body/clamp/in/x"]);
    does("breakpoint.toggle");
    expect(all()).toMatchObject([{ wire: "reverse/denoise.x0" }]);
  });

  test("a zone inside another counts as the wire that each of its steps ends with, which is told as an inner one", () => {
    const { editor, does, all } = open();
    editor.actions.open(twoZones(), "two");
    editor.actions.select(["graph/first/body/inner"]);
    does("breakpoint.toggle");
    editor.actions.select(["graph/first/body/size"]);
    does("breakpoint.toggle");
    expect(all()).toMatchObject([{ wire: "first/inner/a2.x" }, { wire: "first/size.norm" }]);
    const { present } = editor.getState().history;
    expect(all().map((place) => isInner(present, place))).toEqual([true, false]);
    expect(isInner(present, { wire: null, zone: "first" })).toBe(false);
    const { document: mo } = readDocument(readFileSync(new URL("dps-mo.json", file), "utf8"));
    if (mo === null) throw new Error("dps-mo does not read");
    expect(isInner(mo, { wire: "anneal/begin/then/keep.x", zone: null })).toBe(false);
  });

  test("outside of zones a run is never held, and the command says so", () => {
    const { editor, lacks } = open();
    editor.actions.select(["graph/start"]);
    expect(lacks("breakpoint.toggle")).toEqual({ key: "breakpoints.lack.place" });
  });

  test("all are switched off together, and on again; cleared they are gone", () => {
    const { editor, does, lacks, all } = open();
    expect(lacks("breakpoint.switch")).toEqual({ key: "breakpoints.lack.any" });
    editor.actions.select(["graph/reverse/body/size", "graph/reverse/body/step"]);
    does("breakpoint.toggle");
    does("breakpoint.switch");
    expect(all().map(({ enabled }) => enabled)).toEqual([false, false]);
    does("breakpoint.switch");
    expect(all().map(({ enabled }) => enabled)).toEqual([true, true]);
    does("breakpoint.clear");
    expect(all()).toEqual([]);
  });

  test("follow a node that is renamed, and go with one that is removed", () => {
    const { editor, does, all } = open();
    editor.actions.select(["graph/reverse/body/size", "graph/reverse"]);
    does("breakpoint.toggle");
    editor.actions.edit({ label: { key: "test" } }, (draft) =>
      rename(draft, "graph/reverse/body/size", "length"),
    );
    editor.actions.edit({ label: { key: "test" } }, (draft) =>
      rename(draft, "graph/reverse", "back"),
    );
    expect(
      all()
        .map(({ wire, zone }) => String(wire ?? zone))
        .toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(["back", "back/length.norm"]);
  });

  test("what held a run is found by its name, with what its condition read", () => {
    const { editor, does } = open();
    editor.actions.select(["graph/reverse/body/size"]);
    does("breakpoint.toggle");
    editor.actions.edit(
      { label: { key: "test" } },
      changeBreakpoint("b1", { condition: "norm > 3" }),
    );
    const { present } = editor.getState().history;
    const why = {
      kind: "breakpoint" as const,
      id: "b1",
      wire: "reverse/size.norm",
      iteration: [4],
      values: { norm: 5 },
    };
    const held = heldBy({ pausedBy: why, steps: [] }, present);
    expect(held).toMatchObject({ breakpoint: { condition: "norm > 3" }, values: { norm: 5 } });
    if (held === null) throw new Error("nothing holds");
    expect(keyOfPlace(present, held.place)).toBe("graph/reverse/body/size");
    does("breakpoint.clear");
    const after = editor.getState().history.present;
    const removed = { breakpoint: null, isAsked: false };
    expect(heldBy({ pausedBy: why, steps: [] }, after)).toMatchObject(removed);
    const asked = heldBy({ pausedBy: { ...why, id: untilId }, steps: [] }, after);
    expect(asked).toMatchObject({ breakpoint: null, isAsked: true });
  });
});
