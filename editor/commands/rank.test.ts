import { describe, expect, test } from "vitest";
import { rank } from "./rank.ts";

const commands: Readonly<Record<string, string[]>> = {
  "file.open": ["Open…", ""],
  "view.open": ["Open (go into a zone or block)", "dive, inside"],
  "file.gallery": ["Gallery…", "examples, samplers, open a shipped graph"],
  "run.step": ["One step", "iteration, advance"],
};
const found = (words: string): readonly string[] =>
  Object.entries(commands)
    .map(([id, names]) => ({ id, score: rank(id, words, names) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ id }) => id);

describe("what is typed finds commands", () => {
  test("by their titles first", () => {
    expect(found("open").slice(0, 3)).toEqual(["file.open", "view.open", "file.gallery"]);
    expect(found("step")[0]).toBe("run.step");
  });

  test("by what others call the same", () => {
    expect(found("example")).toEqual(["file.gallery"]);
    expect(found("Dive")).toEqual(["view.open"]);
  });

  test("by letters in order", () => expect(found("glry")).toEqual(["file.gallery"]));
});
