import { describe, expect, test } from "vitest";
import { IssueError } from "../../runtime/base/issue.ts";
import { findByName } from "./named-nodes.ts";

const names = [
  "@prior",
  "loop/denoise",
  "loop/inner/step",
  "other/step",
  "task/@operator",
  "step2",
];
const find = (wanted: string): string =>
  findByName(
    wanted,
    names.map((name) => ({ name })),
    "--set",
  ).name;

describe(findByName.name, () => {
  test("finds by the whole path, by its end, and slots without their mark", () => {
    expect(find("loop/denoise")).toBe("loop/denoise");
    expect(find("denoise")).toBe("loop/denoise");
    expect(find("inner/step")).toBe("loop/inner/step");
    expect(find("prior")).toBe("@prior");
    expect(find("operator")).toBe("task/@operator");
  });

  test("lists the candidates when several end so", () => {
    expect(() => find("step")).toThrow("loop/inner/step, other/step");
  });

  test("never takes a part of a name, and suggests the nearest", () => {
    expect(() => find("noise")).toThrow(IssueError);
    expect(() => find("denoize")).toThrow('Did you mean "denoise"?');
  });
});
