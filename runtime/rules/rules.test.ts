import { describe, expect, test } from "vitest";
import { parseEquation } from "./einsum.ts";
import { halfBits } from "./literal.ts";
import { resizeMatrix } from "./resize-matrix.ts";
import { rules } from "./table.ts";

describe(parseEquation.name, () => {
  test("spells out ellipses and the implicit output", () => {
    expect(parseEquation("...ij, ...jk -> ...ik", [4, 4])).toEqual({
      operands: ["abij", "abjk"],
      output: "abik",
    });
    expect(parseEquation("ij,jk", [2, 2])).toEqual({ operands: ["ij", "jk"], output: "ik" });
  });

  test("refuses an operand whose letters are not its axes", () => {
    expect(() => parseEquation("ij->i", [3])).toThrow(
      'Einsum: "ij" does not name the axes of a tensor of rank 3',
    );
  });
});

describe(halfBits.name, () => {
  test.each([
    [1, 0x3c00],
    [-2, 0xc000],
    [65504, 0x7bff],
    [1e6, 0x7c00],
    [0, 0],
    [2 ** -24, 1],
    [1 / 3, 0x3555],
    [2047.5, 0x6800],
  ])("%d is 0x%s", (value, bits) => {
    expect(halfBits(value)).toBe(bits);
  });
});

describe(resizeMatrix.name, () => {
  const base = {
    nearestMode: "floor",
    cubicCoeffA: -0.75,
    antialias: false,
    excludeOutside: false,
  } as const;

  test("keeps the end points with align_corners", () => {
    const { values } = resizeMatrix({
      ...base,
      mode: "linear",
      coordinateTransformationMode: "align_corners",
      size: 2,
      out: 3,
      scale: 1.5,
    });
    expect(values).toEqual([1, 0, 0.5, 0.5, 0, 1]);
  });

  test("has rows that add up to 1", () => {
    for (const mode of ["nearest", "linear", "cubic"] as const) {
      const { values } = resizeMatrix({
        ...base,
        mode,
        coordinateTransformationMode: "half_pixel",
        size: 4,
        out: 7,
        scale: 7 / 4,
      });
      for (let row = 0; row < 7; row += 1)
        expect(values.slice(4 * row, 4 * row + 4).reduce((a, b) => a + b, 0)).toBeCloseTo(1);
    }
  });
});

describe("rules", () => {
  test("spell negative steps so that element 0 is taken", () => {
    const form = rules.Slice.onnx?.({ starts: [3], ends: [-1], steps: [-1] }, [
      { dtype: "float32", shape: [4] },
    ]);
    expect(form?.extraInputs?.[2]?.data[0]).toBe(-5n);
  });

  test("count a convolution by its multiplications", () => {
    const params = { strides: [1], pads: [1, 1], dilations: [1], group: 1 };
    const types = [
      { dtype: "float32", shape: [1, 2, 8] },
      { dtype: "float32", shape: [4, 2, 3] },
      null,
    ] as const;
    expect(rules.Conv.cost?.(types, params, rules.Conv.infer(types, params))).toBe(2 * 6 * 32);
  });
});
