import { expect, test } from "vitest";
import { placeToAdd } from "./place-to-add.ts";

const camera = {
  flowToScreenPosition: ({ x, y }: { x: number; y: number }) => ({ x: x / 2 + 100, y: y / 2 }),
};
const canvas = { left: 100, top: 0, right: 1000, bottom: 600 };
const nothing = { chosen: null, isZone: false, pointer: null };
const at = (work: Partial<Parameters<typeof placeToAdd>[1]>) =>
  placeToAdd(camera, { ...nothing, ...work }, canvas);
const pointer = { x: 700, y: 90 };

test("things are added right of what is chosen", () => {
  expect(at({ chosen: [0, 400, 328, 500] })).toEqual({ x: 300, y: 200 });
  expect(at({ chosen: [0, 400, 328, 500], pointer })).toEqual({ x: 300, y: 200 });
});

test("inside the zone that is chosen, in what is seen of it", () => {
  const zone = { chosen: [0, 400, 400, 800] as const, isZone: true };
  expect(at(zone)).toEqual({ x: 200, y: 300 });
  expect(at({ ...zone, chosen: [400, 400, 4000, 8000] })).toEqual({ x: 650, y: 400 });
  expect(at({ ...zone, pointer })).toEqual({ x: 200, y: 300 });
  expect(at({ ...zone, pointer: { x: 150, y: 210 } })).toEqual({ x: 150, y: 210 });
});

test("where nothing is chosen, or that is out of sight, under the pointer or in the upper middle", () => {
  expect(at({})).toEqual({ x: 550, y: 200 });
  expect(at({ pointer })).toEqual(pointer);
  expect(at({ chosen: [0, 400, 4000, 500] })).toEqual({ x: 550, y: 200 });
  expect(at({ chosen: [0, 4000, 400, 5000], isZone: true })).toEqual({ x: 550, y: 200 });
});
