import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fitPhoto, isScaled, sides } from "./fit-photo.ts";

const plain = { side: 256, square: false, along: 0.5, factor: 1 } as const;

describe(fitPhoto.name, () => {
  test.each([
    [{ width: 4032, height: 3024 }, plain, [256, 192]],
    [{ width: 3024, height: 4032 }, plain, [192, 256]],
    [{ width: 200, height: 100 }, plain, [192, 96]],
    [{ width: 4032, height: 3024 }, { ...plain, square: true }, [256, 256]],
    [{ width: 200, height: 100 }, { ...plain, square: true }, [96, 96]],
    [{ width: 64, height: 48 }, { ...plain, factor: 4 }, [64, 48]],
    [{ width: 100, height: 50 }, { ...plain, factor: 4 }, [64, 32]],
    [{ width: 50, height: 30 }, { ...plain, factor: 4 }, [48, 28]],
  ] as const)("brings %j by %j to %j", (photo, wanted, size) => {
    const fit = fitPhoto(photo, wanted);
    expect([fit?.width, fit?.height]).toEqual(size);
  });

  test("cuts a small photo and does not scale it", () => {
    const fit = fitPhoto({ width: 100, height: 70 }, plain);
    expect(fit).toEqual({
      width: 96,
      height: 64,
      crop: { left: 2, top: 3, width: 96, height: 64 },
    });
    expect(fit && isScaled(fit)).toBe(false);
  });

  test("takes the square from where it is wanted, along the longer side only", () => {
    const wide = { width: 4032, height: 3024 };
    const crops = [0, 0.5, 1].map(
      (along) => fitPhoto(wide, { ...plain, square: true, along })?.crop,
    );
    expect(crops.map((crop) => [crop?.left, crop?.top])).toEqual([
      [0, 0],
      [504, 0],
      [1008, 0],
    ]);
    const high = fitPhoto({ width: 300, height: 500 }, { ...plain, square: true, along: 1 });
    expect(high?.crop).toEqual({ left: 0, top: 200, width: 300, height: 300 });
    expect(fitPhoto(wide, { ...plain, along: 1 })).toEqual(fitPhoto(wide, plain));
  });

  test("refuses what is too small or too narrow", () => {
    expect(fitPhoto({ width: 15, height: 300 }, plain)).toBeNull();
    expect(fitPhoto({ width: 10_000, height: 500 }, plain)).toBeNull();
    expect(fitPhoto({ width: 10_000, height: 500 }, { ...plain, square: true })).not.toBeNull();
  });

  test("makes sides that the prior takes, from inside the photo, never larger", () => {
    const side = fc.integer({ min: 1, max: 9000 });
    fc.assert(
      fc.property(
        fc.record({ width: side, height: side }),
        fc.record({
          side: fc.constantFrom(...sides),
          square: fc.boolean(),
          along: fc.double({ min: 0, max: 1, noNaN: true }),
          factor: fc.constantFrom(1, 2, 4),
        }),
        (photo, wanted) => {
          const fit = fitPhoto(photo, wanted);
          if (fit === null) return;
          const { width, height, crop } = fit;
          for (const length of [width, height]) {
            expect((length * wanted.factor) % 16).toBe(0);
            expect(length * wanted.factor).toBeLessThanOrEqual(wanted.side);
          }
          expect(width).toBeLessThanOrEqual(crop.width);
          expect(crop.left).toBeGreaterThanOrEqual(0);
          expect(crop.left + crop.width).toBeLessThanOrEqual(photo.width);
          expect(crop.top + crop.height).toBeLessThanOrEqual(photo.height);
          expect(Math.abs(crop.width / width - crop.height / height)).toBeLessThanOrEqual(
            1 / Math.min(width, height) + 1e-9,
          );
        },
      ),
    );
  });
});
