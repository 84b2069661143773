import { describe, expect, test } from "vitest";
import { twoZones, withNode } from "../../../test/studio/two-zones.ts";
import type { Document } from "../../graph/document.ts";
import { unchangedZones } from "./unchanged-zones.ts";

const base = twoZones();
const both = ["first", "second"];
const after = (change: Parameters<typeof twoZones>[0]) => unchangedZones(base, twoZones(change));

describe(unchangedZones.name, () => {
  test("are all where only what they do not read differs: outputs, texts, layout, nodes after them", () => {
    const more = withNode(base, "far", { type: "math/norm", v: 1, in: { x: "second.v" } });
    const ui = { nodes: {} };
    expect(
      unchangedZones(base, { ...more, outputs: { v: "second.v" }, ui, about: { summary: "B" } }),
    ).toEqual(both);
    expect(after(({ end }) => void (end!.params = { expression: "3*x" }))).toEqual(both);
  });

  test("are those before a change, and none that it reaches", () => {
    const other = { stream: "other" };
    expect(after(({ between }) => void (between!.params = other))).toEqual(["first"]);
    expect(after(({ before }) => void (before!.params = other))).toEqual([]);
    expect(after(({ second }) => void (second!.states["v"]!.init = "first.u"))).toEqual(["first"]);
    expect(after(({ second }) => void (second!.params = { count: 5 }))).toEqual(["first"]);
  });

  test("are none that hold a change, however deep, and none after those", () => {
    const deep = (count: number) =>
      after(({ first }) => void (first!.body["inner"]!.params = { count }));
    expect(deep(3)).toEqual(both);
    expect(deep(4)).toEqual([]);
    expect(after(({ first }) => void (first!.scans = { t: "size.norm" }))).toEqual([]);
  });

  test("are none where an input, a block, the task or the format differs", () => {
    const scale = { kind: "scalar", default: 3 } as const;
    expect(unchangedZones(base, { ...base, inputs: { ...base.inputs, scale } })).toEqual([]);
    expect(unchangedZones(base, { ...base, task: "another" })).toEqual([]);
    expect(unchangedZones(base, { ...base, denoodle: 2 } as unknown as Document)).toEqual([]);
    const withBlock = (name: string): Document => ({
      ...base,
      blocks: { b: { name, inputs: {}, graph: {}, outputs: {} } },
    });
    expect(unchangedZones(withBlock("one"), withBlock("other"))).toEqual([]);
    expect(unchangedZones(base, withBlock("one"))).toEqual(both);
  });

  test("are none in which an expression may read what has changed", () => {
    const reading = (stream: string) =>
      twoZones(({ second, between }) => {
        second!.states["v"]!.init = "first.u";
        second!.params = { count: "=2*between" };
        between!.params = { stream };
      });
    expect(unchangedZones(reading("a"), reading("a"))).toEqual(both);
    expect(unchangedZones(reading("a"), reading("b"))).toEqual(["first"]);
  });
});
