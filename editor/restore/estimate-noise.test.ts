import { expect, test } from "vitest";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { estimateNoise } from "./estimate-noise.ts";

const file = fileURLToPath(new URL("../../graphs/assets/coffee_256.png", import.meta.url));

/** A standard normal number of a fixed sequence. */
function normals(): () => number {
  let state = 1;
  const uniform = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 1) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

test.each([0.05, 0.1, 0.2])("finds noise of %d in a photo within a quarter", async (std) => {
  const { data, info } = await sharp(readFileSync(file)).ensureAlpha().raw().toBuffer({
    resolveWithObject: true,
  });
  const next = normals();
  const noisy = Uint8ClampedArray.from(data, (value) => value + next() * std * 127.5);
  const found = estimateNoise(noisy, info.width);
  expect(found).toBeGreaterThan(std * 0.75);
  expect(found).toBeLessThan(std * 1.25);
});

test("finds none in a flat picture", () => {
  expect(estimateNoise(new Uint8ClampedArray(4 * 64).fill(90), 8)).toBe(0);
});
