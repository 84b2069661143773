import { describe, expect, test } from "vitest";
import { colourMap } from "./colour-map.ts";
import { rgbOf } from "./oklab.ts";

/** Lightness as greyscale print shows it: relative luminance of WCAG. */
function luminances(map: Uint8Array): readonly number[] {
  const linear = (byte = 0) =>
    byte <= 10 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4;
  return Array.from(
    { length: 256 },
    (_, i) =>
      0.2126 * linear(map[3 * i]) +
      0.7152 * linear(map[3 * i + 1]) +
      0.0722 * linear(map[3 * i + 2]),
  );
}

describe("colour maps", () => {
  test("OKLCh agrees with the sRGB corners", () => {
    expect(rgbOf({ l: 0.62796, c: 0.25768, h: 29.234 })).toEqual([255, 0, 0]);
    expect(rgbOf({ l: 1, c: 0, h: 0 })).toEqual([255, 255, 255]);
    expect(rgbOf({ l: 0.45201, c: 0.31321, h: 264.05 })).toEqual([0, 0, 255]);
  });

  test.each(["grey", "sequential", "diverging"] as const)(
    "%s grows lighter all the way",
    (name) => {
      const light = luminances(colourMap(name));
      const falls = light.filter((value, i) => i > 0 && value < (light[i - 1] ?? 0) - 0.002);
      expect(falls).toEqual([]);
      expect((light[255] ?? 0) - (light[0] ?? 0)).toBeGreaterThan(0.5);
    },
  );

  test("grey is the bytes themselves", () => {
    expect(
      [...colourMap("grey")].filter((byte, i) => Math.abs(byte - Math.floor(i / 3)) > 1),
    ).toEqual([]);
  });

  test("the cyclic map closes", () => {
    const map = colourMap("cyclic");
    for (let c = 0; c < 3; c++)
      expect(Math.abs((map[c] ?? 0) - (map[765 + c] ?? 0))).toBeLessThan(6);
  });
});
