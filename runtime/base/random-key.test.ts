import { describe, expect, test } from "vitest";
import { philoxStart, type DrawAt } from "./random-key.ts";

const at: DrawAt = { seed: 7, stream: "anneal/renoise", sample: 3, indices: [5, 2] };

describe(philoxStart, () => {
  // The words come from a separate rendering of the recipe in Python (hashlib and integers).
  test("follows the documented recipe", () => {
    expect(philoxStart(at)).toEqual({ key: [0x1f77a955, 0xa9f77a61], counter: [2, 5, 2] });
    expect(philoxStart({ ...at, seed: 2 ** 53 - 1, indices: [5, 2, 9, 1] })).toEqual({
      key: [0x5abc88dd, 0x7d91c549],
      counter: [2, 5, 4],
    });
  });

  test("tells apart every part of a draw", () => {
    const starts = [
      at,
      { ...at, seed: 8 },
      { ...at, seed: 7 + 2 ** 32 },
      { ...at, stream: "anneal/renoise " },
      { ...at, sample: 7 },
      { ...at, sample: 3 + 2 ** 40 },
      { ...at, indices: [2, 5] },
      { ...at, indices: [] },
      { ...at, indices: [0] },
      { ...at, indices: [0, 0] },
      { ...at, indices: [5, 2, 0] },
      { ...at, indices: [5, 2, 1] },
      { ...at, indices: [5, 2, 0, 1] },
      { ...at, indices: [5, 2, 1, 0] },
    ].map((draw) => JSON.stringify(philoxStart(draw)));
    expect(new Set(starts).size).toBe(starts.length);
  });

  test("refuses what is no integer in range", () => {
    expect(() => philoxStart({ ...at, seed: -1 })).toThrow(RangeError);
    expect(() => philoxStart({ ...at, seed: 2 ** 53 })).toThrow("seed 9007199254740992");
    expect(() => philoxStart({ ...at, sample: 0.5 })).toThrow(RangeError);
    expect(() => philoxStart({ ...at, indices: [2 ** 32] })).toThrow("zone index 4294967296");
  });
});
