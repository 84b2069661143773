import { describe, expect, test } from "vitest";
import { fitPhoto } from "./fit-photo.ts";
import { markedShare, maskOf, type Spot, type Stroke } from "./mask.ts";

const whole = { width: 32, height: 16, crop: { left: 0, top: 0, width: 32, height: 16 } };
const brush = (marks: boolean, radius: number, ...path: Spot[]): Stroke => ({
  shape: "brush",
  marks,
  radius,
  path,
});
const rectangle = (marks: boolean, from: Spot, to: Spot): Stroke => ({
  shape: "rectangle",
  marks,
  from,
  to,
});
const marked = (strokes: readonly Stroke[], fit = whole): number =>
  maskOf(strokes, fit).reduce((sum, value) => sum + value, 0);

describe("a mask", () => {
  test("of a rectangle marks its pixels, from any corner, and no others", () => {
    const mask = maskOf([rectangle(true, [6, 4], [2, 1])], whole);
    const rows = Array.from({ length: 16 }, (_, y) => mask.slice(y * 32, y * 32 + 32));
    expect(rows.map((row) => row.join("")).slice(0, 5)).toEqual([
      "0".repeat(32),
      ...Array.from({ length: 3 }, () => `00${"1".repeat(4)}${"0".repeat(26)}`),
      "0".repeat(32),
    ]);
  });

  test("of a dab is a disc, and of a stroke what the disc sweeps", () => {
    const area = marked([brush(true, 5, [16, 8])]);
    expect(Math.abs(area - Math.PI * 25)).toBeLessThan(6);
    expect(marked([brush(true, 1, [4, 8], [28, 8])])).toBe(
      marked([brush(true, 1, [28, 8], [4, 8])]),
    );
    expect(marked([brush(true, 1, [4, 8], [28, 8])])).toBeGreaterThanOrEqual(2 * 24);
  });

  test("of the thinnest brush has no gaps", () => {
    const mask = maskOf([brush(true, 0.01, [0, 0], [32, 16])], whole);
    for (let x = 0; x < 32; x += 1)
      expect([...Array(16).keys()].some((y) => mask[y * 32 + x] === 1)).toBe(true);
  });

  test("loses what is erased after it was marked, not before", () => {
    const [mark, erase] = [rectangle(true, [0, 0], [8, 8]), rectangle(false, [0, 0], [8, 4])];
    expect(marked([mark, erase])).toBe(32);
    expect(marked([erase, mark])).toBe(64);
  });

  test("ends at the picture's edges", () => {
    expect(marked([brush(true, 100, [-50, 200], [50, -200])])).toBe(32 * 16);
    expect(marked([rectangle(true, [-9, -9], [-1, 99])])).toBe(0);
  });

  test("stands at the same place of the photo whatever size it is brought to", () => {
    const photo = { width: 1000, height: 800 };
    const stroke = rectangle(true, [100, 100], [600, 500]);
    const shares = ([128, 192, 256] as const).map((side) => {
      const fit = fitPhoto(photo, { side, square: false, along: 0.5, factor: 1 });
      return fit === null ? 0 : markedShare(maskOf([stroke], fit));
    });
    for (const share of shares) expect(share).toBeCloseTo((500 * 400) / (1000 * 800), 1);
  });
});
