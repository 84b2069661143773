import fc from "fast-check";
import { expect, test } from "vitest";
import { labelWidth, tickLabels } from "./tick-labels.ts";

test("ticks have the digits that tell them apart", () => {
  expect(tickLabels([0, 0.25, 0.5])).toEqual(["0", "0.25", "0.5"]);
  expect(tickLabels([10.05, 10.1, 10.15])).toEqual(["10.05", "10.1", "10.15"]);
  expect(tickLabels([1000, 1000.001])).toEqual(["1000", "1000.001"]);
  expect(tickLabels([0.1 + 0.2])).toEqual(["0.3"]);
  expect(tickLabels([])).toEqual([]);
});

test("no two ticks have the same label", () => {
  const numbers = fc.tuple(fc.integer({ min: -3000, max: 3000 }), fc.constantFrom(1, 2, 5));
  fc.assert(
    fc.property(numbers, fc.integer({ min: -3, max: 4 }), ([first, unit], power) => {
      const ticks = [0, 1, 2, 3].map((i) => (first + i * unit) * 10 ** power);
      expect(new Set(tickLabels(ticks)).size).toBe(4);
    }),
  );
});

test("longer labels have more room", () => {
  expect(labelWidth(["0", "1"], 48)).toBe(48);
  expect(labelWidth(["10.0125"], 48)).toBeGreaterThan(48);
});
