import { describe, expect, test } from "vitest";
import { backward } from "../autodiff/backward.ts";
import { IssueError } from "../base/issue.ts";
import { lowerProgram } from "../trace/lower.ts";
import { createRecorder } from "../trace/recorder.ts";

const params = { message: "It rounds, so that no gradient passes.", fix: "Stop it before." };

function rounded() {
  const r = createRecorder();
  const x = r.input({ dtype: "float32", shape: [2] });
  const y = r.op("Opaque", [r.op("Floor", [x], {}), x], params);
  return { r, x, y };
}

describe("Opaque", () => {
  test("refuses a gradient that would pass it, in its own words", () => {
    const { r, x, y } = rounded();
    const z = r.op("Exp", [y], {});
    const take = () => backward(r, [...r.equations], new Map([[z, z]]), [x]);
    expect(take).toThrow(IssueError);
    expect(take).toThrow("It rounds, so that no gradient passes. Stop it before.");
  });

  test("lets one pass beside it, and past a value where it is stopped", () => {
    const { r, x, y } = rounded();
    const z = r.op("Add", [y, x], {});
    const blocked = (value: object) => value === y;
    const [gradient] = backward(r, [...r.equations], new Map([[z, z]]), [x], { blocked });
    expect(gradient).toBe(z);
  });

  test("is not written to files", () => {
    const { r, y } = rounded();
    expect(lowerProgram(r.finish([y])).equations.map(({ op }) => op)).toEqual(["Floor"]);
  });
});
