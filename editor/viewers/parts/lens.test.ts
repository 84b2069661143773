import { expect, test } from "vitest";
import { panned, placementOf, wholePicture, zoomed } from "./lens.ts";

const lens = { ...wholePicture, hover: null };
const room = { width: 100, height: 50, ratio: 1 };

test("a picture fits its room, enlarged by a whole number", () => {
  expect(placementOf(lens, { width: 20, height: 10 }, room)).toEqual({ left: 0, top: 0, scale: 5 });
  expect(placementOf(lens, { width: 28, height: 14 }, room)).toEqual({ left: 8, top: 4, scale: 3 });
  expect(placementOf(lens, { width: 200, height: 100 }, room).scale).toBe(0.5);
});

test("zooming keeps the place that is pointed at", () => {
  const at = [0.75, 0.5] as const;
  const near = { ...lens, ...zoomed(lens, 2, at) };
  const picture = { width: 200, height: 100 };
  const [before, after] = [lens, near].map((view) => {
    const { left, scale } = placementOf(view, picture, { ...room, ratio: 1 });
    return left + at[0] * picture.width * scale;
  });
  expect(near.zoom).toBe(2);
  expect(after).toBeCloseTo(before ?? 0);
});

test("nobody looks beside the picture", () => {
  expect(panned(lens, 0.3, 0).centre).toEqual([0.5, 0.5]);
  const near = { ...lens, zoom: 4 };
  expect(panned(near, 9, -9).centre).toEqual([0.875, 0.125]);
  expect(zoomed(near, 1e-3, [0, 0])).toEqual({ zoom: 1, centre: [0.5, 0.5] });
});
