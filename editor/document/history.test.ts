import { expect, test } from "vitest";
import { openSampler } from "../../test/support/samplers.ts";
import type { History } from "./history.ts";
import { deepestHistory, edit, endGesture, redo, startHistory, undo } from "./history.ts";
import { keyOf, scopeAt, scopeKeyOf, uiNameOf } from "./keys.ts";

const named = (history: History, name: string, gesture?: string): History =>
  edit(
    history,
    { label: { key: name }, ...(gesture === undefined ? {} : { gesture }) },
    (draft) => {
      draft.name = name;
    },
  );

const start = startHistory(openSampler("daps"));

test("an edit that changes nothing leaves no entry", () => {
  expect(edit(start, { label: { key: "x" } }, () => undefined)).toBe(start);
});

test("edits of one gesture are one entry until it ends", () => {
  const dragged = named(named(start, "a", "drag"), "b", "drag");
  expect(dragged.past).toHaveLength(1);
  expect(undo(dragged).present).toEqual(start.present);
  expect(redo(undo(dragged)).present.name).toBe("b");
  expect(named(endGesture(dragged), "c", "drag").past).toHaveLength(2);
});

test("an edit after undo forgets what was undone", () => {
  const back = undo(named(start, "a"));
  expect(back.future).toHaveLength(1);
  expect(named(back, "b").future).toEqual([]);
});

test(`${deepestHistory} entries are kept`, () => {
  let history = start;
  for (let i = 0; i < deepestHistory + 3; i += 1) history = named(history, `n${i}`);
  expect(history.past).toHaveLength(deepestHistory);
});

test("keys name bodies, and positions by the names that probes use", () => {
  const { present } = startHistory(openSampler("projdiff-music"));
  const inner = "graph/anneal/body/inner/body/predict/then/body";
  expect(keyOf(scopeAt(present, `${inner}/denoise/in/x`)?.path ?? [])).toBe(inner);
  expect(scopeKeyOf(`${inner}/denoise`)).toBe(inner);
  expect(scopeKeyOf("inputs/prior")).toBe("graph");
  expect(scopeKeyOf("blocks/sgld/outputs/x")).toBe("blocks/sgld/graph");
  expect(uiNameOf(`${inner}/denoise`)).toBe("anneal/inner/predict/then/denoise");
  expect(uiNameOf("blocks/sgld/graph/step")).toBe("blocks/sgld/step");
  expect([uiNameOf("inputs/prior"), uiNameOf("outputs/x0")]).toEqual(["@prior", "=x0"]);
});
