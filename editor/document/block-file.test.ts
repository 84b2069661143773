import { readFileSync } from "node:fs";
import { produce } from "immer";
import { describe, expect, test } from "vitest";
import { registry } from "../../nodes/index.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { validate } from "../../runtime/graph/validate.ts";
import { openSampler } from "../../test/support/samplers.ts";
import { blockFile, fileAsBlock } from "./block-file.ts";
import { addNode } from "./edits/add-node.ts";
import { bringBlocks } from "./edits/bring-blocks.ts";
import { rename } from "./edits/rename.ts";
import { uiOf } from "./ui.ts";

const sampler: Document = {
  ...openSampler("dps-mo"),
  ui: { nodes: { "blocks/sgld/chain": [1, 2], anneal: [3, 4] }, collapsed: ["blocks/sgld/chain"] },
};
const empty: Document = { denoodle: 1, name: "", inputs: {}, graph: {}, outputs: {}, blocks: {} };

function shipped(name: string): Document {
  const path = new URL(`../../graphs/blocks/${name}.json`, import.meta.url);
  const { document } = readDocument(readFileSync(path, "utf8"));
  if (document === null) throw new Error(`${name} cannot be read`);
  return document;
}

const bring = (into: Document, file: Document, wanted: string): Document =>
  produce(into, (draft) => {
    const { document, name } = fileAsBlock(file, wanted);
    const { renamed } = bringBlocks(draft, document);
    const use = renamed.get(name) ?? name;
    addNode(draft, registry, { body: "graph", node: { kind: "block", use } });
  });

describe(blockFile, () => {
  test("a block is a graph of its own: its inputs are slots, and what lies in it stands where it stood", () => {
    const file = blockFile(sampler, "sgld");
    const { inputs, graph, outputs } = sampler.blocks["sgld"] ?? expect.fail();
    expect(file).toMatchObject({ name: "SGLD", inputs, graph, outputs, blocks: {} });
    expect(file?.ui).toMatchObject({ nodes: { chain: [1, 2] }, collapsed: ["chain"] });
    expect(file && validate(file, registry)).toEqual([]);
  });

  test("there and back it is the same block", () => {
    const file = blockFile(sampler, "sgld") ?? expect.fail();
    const { document, name } = fileAsBlock(file, "sgld");
    expect(name).toBe("sgld");
    const { sha256: _, ...block } = sampler.blocks["sgld"] ?? expect.fail();
    expect(document.blocks["sgld"]).toEqual(block);
    expect(uiOf(document).nodes).toEqual({ "blocks/sgld/chain": [1, 2] });
  });

  test("blocks in a block go with it", () => {
    const outer = produce({ ...sampler, blocks: { ...sampler.blocks } }, (draft) => {
      const block = { inputs: {}, graph: { in: { type: "block", use: "sgld" } }, outputs: {} };
      draft.blocks["outer"] = block as never;
    });
    expect(Object.keys(blockFile(outer, "outer")?.blocks ?? {})).toEqual(["sgld"]);
    expect(blockFile(outer, "nobody")).toBeNull();
  });
});

describe(bringBlocks, () => {
  test.each(["sgld", "conjugate-guidance", "projected-step", "observed-level-step"])(
    "%s is a node of a graph that has never seen it, and uses the block that is there once it has",
    (name) => {
      const once = bring(empty, shipped(name), name);
      const [use] = Object.keys(once.blocks);
      expect(use).toBe(name);
      expect(Object.values(once.graph)).toEqual([{ type: "block", use }]);
      const twice = bring(once, shipped(name), name);
      expect(Object.keys(twice.blocks)).toEqual([use]);
      expect(Object.keys(twice.graph)).toHaveLength(2);
    },
  );

  test("a sampler that has the block already goes on with its own", () => {
    const both = bring(sampler, shipped("sgld"), "sgld");
    expect(both.blocks).toEqual(sampler.blocks);
    expect(Object.values(both.graph)).toContainEqual({ type: "block", use: "sgld" });
  });

  test("another block of the name stays as it is", () => {
    const changed = produce(bring(empty, shipped("sgld"), "sgld"), (draft) => {
      rename(draft, "blocks/sgld/graph/chain", "steps2");
    });
    const both = bring(changed, shipped("sgld"), "sgld");
    expect(both.blocks["sgld"]).toEqual(changed.blocks["sgld"]);
    expect(both.graph["sgld2"]).toEqual({ type: "block", use: "sgld2" });
  });
});
