import { expect, test } from "vitest";
import { placeToAdd } from "./place-to-add.ts";

const camera = {
  flowToScreenPosition: ({ x, y }: { x: number; y: number }) => ({ x: x / 2 + 100, y: y / 2 }),
};
const canvas = {
  x: 100,
  y: 0,
  left: 100,
  top: 0,
  width: 900,
  height: 600,
  right: 1000,
  bottom: 600,
};
const at = (chosen: Parameters<typeof placeToAdd>[1]) => placeToAdd(camera, chosen, canvas);

test("things are added right of what is chosen", () => {
  expect(at([0, 400, 328, 500])).toEqual({ x: 300, y: 200 });
});

test("and in the upper middle where nothing is, or where that is out of sight", () => {
  expect(at(null)).toEqual({ x: 550, y: 200 });
  expect(at([0, 400, 4000, 500])).toEqual({ x: 550, y: 200 });
});
