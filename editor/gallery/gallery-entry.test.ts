import { describe, expect, test } from "vitest";
import type { GraphEntry, LibraryManifest } from "../run/library-manifest.ts";
import { chosenBy, entriesOf, everything, problemsOf } from "./gallery-entry.ts";

const file = { file: "x", bytes: 1, sha256: "0" };
const graph = (name: string, title: string, more: Partial<GraphEntry> = {}): GraphEntry => ({
  ...file,
  name,
  title,
  summary: "",
  paper: "",
  task: null,
  nfe: null,
  vjpCalls: null,
  signal: null,
  model: null,
  ...more,
});
const manifest: LibraryManifest = {
  examples: [],
  samplers: [
    graph("daps", "DAPS", {
      task: "box-64",
      nfe: 200,
      vjpCalls: 0,
      summary: "Unlike DPS, it re-noises.",
    }),
    graph("dps", "DPS", { task: "box-64", nfe: 200, vjpCalls: 200, paper: "Chung et al. 2023" }),
    graph("pigdm", "ΠGDM", { task: "hdr-64", nfe: 100, vjpCalls: 100 }),
    graph("odd", "Odd", { task: "gone" }),
  ],
  tasks: [
    graph("box-64", "Box inpainting, 64 px"),
    graph("box-28", "Box inpainting, 28 px"),
    graph("hdr-64", "High dynamic range, 64 px", { nfe: 2, vjpCalls: 0 }),
  ],
  blocks: [{ ...graph("sgld", "SGLD"), inputs: {} }],
  assets: [],
  models: [],
  pictures: [{ ...file, of: "samplers/dps" }],
};
const entries = entriesOf(manifest);
const names = (filter: Partial<typeof everything>) =>
  chosenBy(entries, { ...everything, ...filter }).map(({ name }) => name);

describe(entriesOf.name, () => {
  test("takes every graph of every shelf, with its picture", () => {
    expect(entries).toHaveLength(8);
    expect(entries.filter(({ picture }) => picture !== null).map(({ name }) => name)).toEqual([
      "dps",
    ]);
  });

  test("names the problem, whatever its size", () => {
    expect(problemsOf(entries)).toEqual(["Box inpainting", "High dynamic range"]);
    expect(entries.find(({ name }) => name === "odd")?.problem).toBeNull();
  });

  test("says of a task nothing that the sampler took which drew it", () => {
    expect(entries.find(({ name }) => name === "hdr-64")).toMatchObject({
      nfe: null,
      vjpCalls: null,
    });
  });
});

describe(chosenBy.name, () => {
  test("all of it, where nothing is asked", () => expect(names({})).toHaveLength(8));

  test("a hit in the title stands before one in the summary", () => {
    expect(names({ words: "dps" })).toEqual(["dps", "daps"]);
  });

  test("words of any case and order, in title, summary, paper and problem", () => {
    expect(names({ words: "chung INPAINTING" })).toEqual(["dps"]);
    expect(names({ words: "pigdm" })).toEqual(["pigdm"]);
    expect(names({ words: "nothing of the kind" })).toEqual([]);
  });

  test("by shelf, problem and gradient", () => {
    expect(names({ shelf: "blocks" })).toEqual(["sgld"]);
    expect(names({ problem: "Box inpainting" })).toEqual(["daps", "dps", "box-64", "box-28"]);
    expect(names({ withoutGradient: true })).toEqual(["daps"]);
  });
});
