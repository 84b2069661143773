import { expect, test } from "vitest";
import { changed, noStrokes, type StrokeAction } from "./use-strokes.ts";

const stroke = (x: number) =>
  ({ shape: "rectangle", marks: true, from: [x, 0], to: [x, 1] }) as const;
const [a, b, c] = [stroke(1), stroke(2), stroke(3)];
const after = (...actions: readonly StrokeAction[]) => actions.reduce(changed, noStrokes).present;

test("strokes are taken back and brought again, one by one", () => {
  const both = [
    { do: "add", stroke: a },
    { do: "add", stroke: b },
  ] as const;
  expect(after(...both)).toEqual([a, b]);
  expect(after(...both, { do: "undo" })).toEqual([a]);
  expect(after(...both, { do: "undo" }, { do: "redo" })).toEqual([a, b]);
  expect(after(...both, { do: "undo" }, { do: "add", stroke: c }, { do: "redo" })).toEqual([a, c]);
});

test("a mask that was cleared comes back at once", () => {
  const cleared = [{ do: "add", stroke: a }, { do: "add", stroke: b }, { do: "clear" }] as const;
  expect(after(...cleared)).toEqual([]);
  expect(after(...cleared, { do: "undo" })).toEqual([a, b]);
});

test("there is nothing to take back or to bring again at first", () => {
  expect(after({ do: "undo" }, { do: "redo" })).toEqual([]);
});
