import { expect, test } from "vitest";
import { intoSight } from "./into-sight.ts";

const room = { clientWidth: 1000, clientHeight: 500 };
const at = { x: 100, y: 50, zoom: 0.5 };

test("what is in sight moves nothing", () => {
  expect(intoSight(at, [0, 0, 1800, 900], room)).toEqual(at);
});

test("what lies beside the canvas comes to its border, and no further", () => {
  expect(intoSight(at, [1800, 0, 2000, 100], room)).toEqual({ ...at, x: -24 });
  expect(intoSight(at, [0, -400, 100, -300], room)).toEqual({ ...at, y: 224 });
});

test("of what is larger than the canvas, the beginning is seen", () => {
  expect(intoSight(at, [1800, 200, 6000, 300], room)).toEqual({ ...at, x: -876 });
});

test("a large thing that half of the canvas shows stays where it is", () => {
  expect(intoSight(at, [500, 0, 4000, 300], room)).toEqual(at);
});
