import { expect, test } from "vitest";
import { shownFrame } from "./shown-frame.ts";

const summary = { shape: [1], min: 0, max: 0, mean: 0, std: 0, norm: 0, notFinite: 0 };
const track = {
  wire: "a/b.x",
  frames: [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
    [3, 0],
  ].map((iteration) => ({ iteration, summary })),
};

test.each([
  [null, 4],
  [[0, 0], 0],
  [[1], 3],
  [[2, 5], 3],
  [[9], 4],
  [[0, 1, 7], 1],
])("at %j the frame %i is shown", (at, index) => {
  expect(shownFrame(track, at)).toBe(index);
});

test("before the first there is none", () => {
  expect(shownFrame({ wire: "x", frames: track.frames.slice(2) }, [0])).toBe(-1);
});
