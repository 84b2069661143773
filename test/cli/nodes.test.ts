import { describe, expect, test } from "vitest";
import { registry } from "../../nodes/index.ts";
import { zoneTypes, type Document } from "../../runtime/graph/document.ts";
import { validate } from "../../runtime/graph/validate.ts";
import { zonePages } from "../../runtime/graph/zone-pages.ts";
import { numbers, runSketch } from "../engine/kit.ts";
import { newFolder } from "../support/new-folder.ts";
import { call, writeJson } from "./support/try-run.ts";

const page = async (...argv: readonly string[]) => {
  const { exit, terminal } = await call(newFolder(), "nodes", ...argv);
  expect(exit).toBe(0);
  return terminal.outLines;
};

describe("denoodle nodes", () => {
  test("lists all types, a family, or tells all about one", async () => {
    const all = await call(newFolder(), "nodes");
    const family = await call(newFolder(), "nodes", "operator");
    expect(all.terminal.outLines.length).toBeGreaterThan(family.terminal.outLines.length);
    expect(family.terminal.outLines.every((line) => line.startsWith("operator/"))).toBe(true);
    const { terminal } = await call(newFolder(), "nodes", "average");
    const text = terminal.outLines.join("\n");
    expect(text).toContain("operator/average version 1");
    expect(text).toContain("factor  integer from 1 to 64 px, default 4");
    expect(text).toContain("Height and width of the squares that are averaged.");
    expect(text).toContain("arXiv:2201.11793");
  });

  test("suggests the nearest type", async () => {
    const { exit, terminal } = await call(newFolder(), "nodes", "avrage");
    expect(exit).toBe(1);
    expect(terminal.errLines[0]).toContain('Did you mean "average"?');
  });

  test("names the families where no type is like it", async () => {
    const { terminal } = await call(newFolder(), "nodes", "zzz");
    expect(terminal.errLines[0]).toMatch(
      /Families: block, gradient, .*, zone\. \[node\.unknown\]$/,
    );
  });

  test("lists the zones and tells of each its ports, fields, names and an example", async () => {
    expect((await page("zone")).map((line) => line.split(" ")[0])).toEqual(zoneTypes.toSorted());
    for (const type of zoneTypes) {
      const text = (await page(type)).join("\n");
      expect(text).toContain(`${type} version 1`);
      for (const part of ["outputs", "fields in the file", "example: ", `"type": "${type}"`])
        expect(text).toContain(part);
    }
    expect((await page("repeat")).join("\n")).toContain("@isLast");
  });

  test("lists the shipped blocks and tells of each its inputs, outputs, parts and use", async () => {
    expect((await page("block")).join("\n")).toContain("block/sgld");
    const text = (await page("sgld")).join("\n");
    expect(text).toMatch(/step +scalar, default 0\.25: step on the gradient/);
    expect(text).toMatch(/chain +zone\/repeat/);
    expect(text).toContain("graphs/blocks/sgld.json there");
    expect(text).toContain('"use": "sgld"');
  });

  test("tells of the blocks of a graph, which stand for shipped ones of their name", async () => {
    const folder = newFolder();
    const block = {
      inputs: { x: { kind: "signal" } },
      graph: { twice: { type: "math/scale", v: 1, in: { x: "@x" } } },
      outputs: { x: "twice.x" },
    };
    const graph = { denoodle: 1, name: "g", inputs: {}, graph: {}, outputs: {} };
    writeJson(folder, "g.json", { ...graph, blocks: { sgld: block, mine: block } });
    const lines = async (name: string) =>
      (await call(folder, "nodes", name, "--graph", "g.json")).terminal.outLines;
    expect((await lines("mine"))[0]).toBe("mine  block/mine a block of g.json");
    expect((await lines("sgld"))[0]).toBe("sgld  block/sgld a block of g.json");
    expect((await call(folder, "nodes", "mine")).exit).toBe(1);
  });
});

describe("the example of a zone's page", () => {
  const results: Readonly<
    Record<(typeof zoneTypes)[number], readonly (readonly [string, number])[]>
  > = {
    "zone/repeat": [["loop.x", 16]],
    "zone/for-each": [["loop.x", 6]],
    "zone/while": [["loop.x", 128]],
    "zone/if": [["choice.x", 7]],
  };
  for (const type of zoneTypes)
    test(`of ${type} runs to what the page tells`, async () => {
      const { example: graph, tells } = zonePages[type];
      for (const [ref, value] of results[type]) {
        const outputs = { result: ref };
        const file: Document = { denoodle: 1, name: "e", inputs: {}, graph, outputs, blocks: {} };
        expect(validate(file, registry)).toEqual([]);
        const done = await runSketch({ graph, outputs, inputs: {}, feeds: {} });
        expect(numbers(done, "result")).toEqual([value]);
        expect(tells).toContain(String(value));
      }
    });
});
