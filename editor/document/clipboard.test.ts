import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { produce } from "immer";
import { registry } from "../../nodes/index.ts";
import { openSampler } from "../../test/support/samplers.ts";
import { formatIssue } from "../../runtime/base/issue.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { validate } from "../../runtime/graph/validate.ts";
import type { Clip } from "./clipboard.ts";
import { copy, readClip, writeClip } from "./clipboard.ts";
import { duplicate, paste } from "./edits/paste.ts";
import { remove } from "./edits/remove.ts";
import { plainSchedule, skeleton } from "./skeleton.ts";

function clipOf(document: Document, keys: readonly string[]): Clip {
  const clip = copy(document, keys);
  if (clip === null) throw new Error("nothing to copy");
  const read = readClip(writeClip(clip));
  if (!("clip" in read)) throw new Error(read.refused.key);
  return read.clip;
}

const codes = (document: Document): readonly string[] =>
  validate(document, registry).map(formatIssue);

const dangling = (document: Document): readonly string[] =>
  codes(document).filter((text) => /\[(ref\.(?!missing)|name\.|block\.|expression\.)/.test(text));

const empty = (): Document =>
  skeleton({
    name: "Other",
    task: "box-inpainting-64",
    prior: { type: "prior/onnx", v: 1, params: { model: "photo64" } },
    schedule: plainSchedule,
  });

describe(copy.name, () => {
  test("[K1] a clip holds the blocks it uses and keeps wires from outside apart", () => {
    const clip = clipOf(openSampler("dps-mo"), [
      "graph/anneal/body/sgld",
      "graph/anneal/body/renoise",
    ]);
    expect(Object.keys(clip.document.graph).toSorted()).toEqual(["renoise", "sgld"]);
    expect(Object.keys(clip.document.blocks)).toEqual(["sgld"]);
    expect(clip.document.graph["renoise"]?.in).toEqual({ x: "sgld.x" });
    expect(clip.incoming).toMatchObject({
      "graph/renoise/in/level": "renoiseLevel.level",
      "graph/sgld/in/operator": "@operator",
    });
  });

  test("[K1] a zone is copied with all in it", () => {
    const clip = clipOf(openSampler("daps"), ["graph/anneal"]);
    expect(clip.incoming).toMatchObject({
      "graph/anneal/states/x/init": "start.x",
      "graph/anneal/body/odeGrid/in/steps": "@odeSteps",
    });
    expect(dangling(clip.document)).toEqual([]);
  });
});

describe(paste.name, () => {
  const at: [number, number] = [100, 50];

  test("[K2] cut and paste with wires gives the same nodes under the same ids", () => {
    const document = openSampler("daps");
    const clip = clipOf(document, ["graph/anneal"]);
    const after = produce(document, (draft) => {
      remove(draft, ["graph/anneal"]);
      paste(draft, clip, { body: "graph", at, withWires: true, registry });
    });
    expect(after.graph).toEqual(document.graph);
  });

  test("[K2] ids are never taken twice, and inner wires follow the new ones", () => {
    const document = openSampler("daps");
    const clip = clipOf(document, ["graph/first", "graph/start"]);
    const after = produce(document, (draft) => {
      expect(paste(draft, clip, { body: "graph", at, withWires: false, registry })).toEqual([
        "graph/first2",
        "graph/start2",
      ]);
    });
    expect(after.graph["start2"]?.in).toEqual({ level: "first2.level" });
    expect(dangling(after)).toEqual([]);
  });

  test("[K2] in another document, wires come along where such a source is there", () => {
    const clip = clipOf(openSampler("dps-mo"), [
      "graph/anneal/body/denoise",
      "graph/anneal/body/euler",
      "graph/anneal/body/sgld",
    ]);
    const after = produce(empty(), (draft) => {
      paste(draft, clip, { body: "graph/anneal/body", at, withWires: true, registry });
    });
    const zone = after.graph["anneal"];
    if (zone === undefined || !("body" in zone)) throw new Error("no zone");
    expect(zone.body["denoise"]?.in).toEqual({ prior: "@prior" });
    expect(zone.body["euler"]?.in).toEqual({
      x: "@x",
      x0: "denoise.x0",
      level: "@level",
      next: "@next",
    });
    expect(Object.keys(after.blocks)).toEqual(["sgld"]);
    expect(dangling(after)).toEqual([]);
  });

  test("[K2] another block of the same name gets another name; the same block is not copied twice", () => {
    const document = openSampler("dps-mo");
    const clip = clipOf(document, ["graph/anneal/body/sgld"]);
    const into = { body: "graph/anneal/body", at, withWires: true, registry };
    const same = produce(document, (draft) => void paste(draft, clip, into));
    expect(Object.keys(same.blocks)).toEqual(["sgld"]);
    const changed = produce(document, (draft) => {
      const block = draft.blocks["sgld"];
      if (block !== undefined) block.name = "Mine";
      paste(draft, clip, into);
    });
    expect(Object.keys(changed.blocks)).toEqual(["sgld", "sgld2"]);
    expect(dangling(changed)).toEqual([]);
  });

  test("a block does not take itself", () => {
    const document = openSampler("dps-mo");
    const clip = clipOf(document, ["graph/anneal/body/sgld"]);
    const after = produce(document, (draft) => {
      expect(
        paste(draft, clip, { body: "blocks/sgld/graph", at, withWires: true, registry }),
      ).toEqual([]);
    });
    expect(after).toBe(document);
  });

  test("[K4] a duplicate reads what its original reads", () => {
    const document = openSampler("dps-mo");
    const after = produce(
      document,
      (draft) => void duplicate(draft, registry, ["graph/anneal/body/euler"], at),
    );
    const zone = after.graph["anneal"];
    if (zone === undefined || !("body" in zone)) throw new Error("no zone");
    expect(zone.body["euler2"]).toEqual(zone.body["euler"]);
  });
});

describe(readClip.name, () => {
  test.each(["", "{}", "hello", "[1]", '{"denoodle-clip":2,"document":{},"incoming":{}}'])(
    "[K3] %j is no clip",
    (text) => {
      expect(readClip(text)).toEqual({ refused: { key: "edits.clip.notOne" } });
    },
  );

  test("[K3] a clip whose nodes are none is refused with what is wrong", () => {
    const text = JSON.stringify({
      "denoodle-clip": 1,
      document: { denoodle: 1, name: "", graph: { a: { type: 3 } } },
      incoming: {},
    });
    expect(readClip(text)).toMatchObject({
      refused: {
        key: "edits.clip.malformed",
        values: { issue: expect.stringContaining("graph.a") },
      },
    });
  });

  test("[K3] any JSON is refused or pasted without harm", () => {
    const document = empty();
    fc.assert(
      fc.property(fc.json(), fc.dictionary(fc.string(), fc.string()), (inner, incoming) => {
        const read = readClip(
          `{"denoodle-clip":1,"document":${inner},"incoming":${JSON.stringify(incoming)}}`,
        );
        if ("refused" in read) return;
        const after = produce(
          document,
          (draft) =>
            void paste(draft, read.clip, { body: "graph", at: [0, 0], withWires: true, registry }),
        );
        expect(dangling(after)).toEqual([]);
      }),
    );
  });
});
