import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { validDocument } from "../../test/support/graph-arbitrary.ts";
import { graphRegistry } from "../../test/support/graph-registry.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { writeDocument } from "../../runtime/graph/write.ts";
import { readChunks } from "./png-chunks.ts";
import { graphInPng, pngWithGraph } from "./png-graph.ts";

const empty: Document = {
  denoodle: 1,
  name: "é – 雑音",
  inputs: {},
  graph: {},
  outputs: {},
  blocks: {},
};
const picture = await sharp({ create: { width: 9, height: 5, channels: 3, background: "#2457d6" } })
  .png()
  .toBuffer();

describe("a picture with a graph in it", () => {
  test("is the same picture to a reader of PNG files", async () => {
    const bytes = pngWithGraph(picture, empty);
    const before = await sharp(picture).raw().toBuffer();
    const { data, info } = await sharp(bytes!).raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 9, height: 5 });
    expect(data.equals(before)).toBe(true);
  });

  test("gives back the file, byte for byte", () => {
    fc.assert(
      fc.property(validDocument(graphRegistry), (document) => {
        expect(graphInPng(pngWithGraph(picture, document)!)).toBe(writeDocument(document));
      }),
      { numRuns: 30 },
    );
  });

  test("holds the last graph only", () => {
    const twice = pngWithGraph(pngWithGraph(picture, empty)!, { ...empty, name: "b" })!;
    expect(graphInPng(twice)).toBe(writeDocument({ ...empty, name: "b" }));
    expect(readChunks(twice)?.filter(({ type }) => type === "iTXt")).toHaveLength(1);
  });

  test("is none where the file is cut, scratched, or no picture", () => {
    const whole = pngWithGraph(picture, empty)!;
    expect(graphInPng(picture)).toBeNull();
    expect(graphInPng(Uint8Array.of(1, 2, 3))).toBeNull();
    expect(pngWithGraph(Uint8Array.of(1, 2, 3), empty)).toBeNull();
    expect(pngWithGraph(picture.subarray(0, -6), empty)).toBeNull();
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const scratched = whole.slice();
        scratched[at] = (scratched[at] ?? 0) ^ flip;
        const text = graphInPng(scratched);
        if (text !== null) expect(text).toBe(writeDocument(empty));
        graphInPng(whole.subarray(0, at));
      }),
      { numRuns: 500 },
    );
  });
});
