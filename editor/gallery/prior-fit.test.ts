import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { shapeOfAsset } from "../vite-signals.ts";
import { pixelsOf, priorShapeOf, whyUnfit } from "./prior-fit.ts";

const shipped = (name: string) =>
  priorShapeOf(
    JSON.parse(readFileSync(new URL(`../../models/${name}.json`, import.meta.url), "utf8")),
  );
const small = { channels: 1, size: [28, 28] };
const photo = { channels: 3, size: [64, 64] };
const music = { channels: 4, size: [32_768] };

describe("which prior fits which task", () => {
  test("that of its own signals", () => {
    expect(whyUnfit(small, shipped("fashion28"))).toBeNull();
    expect(whyUnfit(photo, shipped("photo64"))).toBeNull();
    expect(whyUnfit(music, shipped("music8k"))).toBeNull();
  });

  test("never one of other channels, other sizes or another kind; a sentence says so", () => {
    const why = (signal: typeof small, name: string) => whyUnfit(signal, shipped(name))?.key;
    expect(why(photo, "fashion28")).toBe("gallery.newSampler.unfit.channels");
    expect(why({ channels: 1, size: [64, 64] }, "fashion28")).toBe("gallery.newSampler.unfit.size");
    expect(why(music, "photo64")).toBe("gallery.newSampler.unfit.picture");
    expect(why(small, "music8k")).toBe("gallery.newSampler.unfit.sound");
    expect(why({ channels: 3, size: [60, 60] }, "photo64")).toBe(
      "gallery.newSampler.unfit.multiple",
    );
  });

  test("nothing is forbidden where nothing is known", () => {
    expect(priorShapeOf(null)).toBeNull();
    expect(priorShapeOf({ name: "mine" })).toBeNull();
    expect(whyUnfit(null, shipped("photo64"))).toBeNull();
    expect(whyUnfit(photo, priorShapeOf({ denoodle: {} }))).toBeNull();
  });
});

test("small tasks come first", () => {
  expect([photo, music, small].toSorted((a, b) => pixelsOf(a) - pixelsOf(b))[0]).toBe(small);
});

test.each([
  ["fashion_0.png", { channels: 1, size: [28, 28] }],
  ["chelsea_64.png", { channels: 3, size: [64, 64] }],
] as const)("the shape of %s is read from its header", (name, shape) => {
  const file = new URL(`../../graphs/assets/${name}`, import.meta.url);
  expect(shapeOfAsset(readFileSync(file))).toEqual(shape);
});

test("the shape of a sound is its channels and its samples", () => {
  const sound = shapeOfAsset(
    readFileSync(new URL("../../graphs/assets/music_stems.wav", import.meta.url)),
  );
  expect(sound?.channels).toBe(4);
  expect((sound?.size[0] ?? 0) % 64).toBe(0);
  expect(shapeOfAsset(new Uint8Array(100))).toBeNull();
});
