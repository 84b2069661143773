import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Document } from "../../runtime/graph/document.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { graphScope } from "../../runtime/graph/scope.ts";
import { columnsOf, neighbour } from "./navigate.ts";

const folder = new URL("../../graphs/samplers/", import.meta.url);
const open = (name: string): Document => {
  const { document } = readDocument(readFileSync(new URL(name, folder), "utf8"));
  if (document === null) throw new Error(`${name} does not read`);
  return document;
};
const nowhere = () => null;

describe(neighbour, () => {
  const dps = open("dps-mo.json");
  const body = "graph/anneal/body";

  test("goes against a wire to the left and along it to the right", () => {
    const source = neighbour(dps, `${body}/euler`, "left", nowhere);
    expect(source).not.toBeNull();
    expect(neighbour(dps, "outputs/x0", "left", nowhere)).toBe("graph/anneal");
    expect(neighbour(dps, "graph/anneal", "right", nowhere)).toBe("outputs/residual");
  });

  test("from the end of a wire it goes to what the wire joins", () => {
    expect(neighbour(dps, `${body}/euler/in/x0`, "left", nowhere)).toBe(`${body}/denoise`);
    expect(neighbour(dps, `${body}/euler/in/x0`, "right", nowhere)).toBe(`${body}/euler`);
  });

  test("what stands lower in a column comes after what stands higher", () => {
    const [slots = []] = columnsOf(dps, graphScope(dps), nowhere);
    const [first = "", second = ""] = slots;
    const flipped = (key: string): readonly [number, number] | null =>
      key === first ? [0, 100] : key === second ? [0, 50] : null;
    const whereabouts = (key: string) => {
      const point = flipped(key);
      return point === null ? null : ([...point] as [number, number]);
    };
    expect(neighbour(dps, first, "down", nowhere)).toBe(second);
    expect(neighbour(dps, second, "down", whereabouts)).toBe(first);
  });

  test("is null where nothing is, and for a key of nothing", () => {
    expect(neighbour(dps, "inputs/prior", "left", nowhere)).toBeNull();
    expect(neighbour(dps, "graph/nothing", "down", nowhere)).toBeNull();
    expect(neighbour(dps, "graph/nothing", "right", nowhere)).toBeNull();
  });

  test.each(readdirSync(folder))(
    "down alone comes past everything in the root body of %s",
    (name) => {
      const document = open(name);
      const all = columnsOf(document, graphScope(document), nowhere).flat();
      const seen = [all[0] ?? ""];
      for (let at: string | null = seen[0] ?? null; at !== null;) {
        at = neighbour(document, at, "down", nowhere);
        if (at !== null) seen.push(at);
      }
      expect(seen).toEqual(all);
      const expected = [
        ...Object.keys(document.inputs).map((id) => `inputs/${id}`),
        ...Object.keys(document.graph).map((id) => `graph/${id}`),
        ...Object.keys(document.outputs).map((id) => `outputs/${id}`),
      ];
      expect(seen.toSorted()).toEqual(expected.toSorted());
    },
  );
});
