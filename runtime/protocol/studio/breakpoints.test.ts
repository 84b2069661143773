import { describe, expect, test } from "vitest";
import { float32 } from "../../tensor/tensor.ts";
import { readBreakpoints } from "./breakpoints.ts";
import { summarise } from "./summary.ts";

const summary = summarise(float32([3, 4, 0, 1], [2, 2]));
const on = (condition: string) =>
  readBreakpoints([{ id: "b", wire: "z/a.x", zone: null, condition }]);

describe(readBreakpoints.name, () => {
  test.each([
    ["norm > 4.9", true],
    ["norm > 5.1", false],
    ["highest == 4 && lowest == 0 && mean == 2", true],
    ["isNaN", false],
    ["iteration == 3", true],
    ["outer == 7", true],
    ["outer == 3", false],
  ])("%s of a frame of the step 7, 3: %s", (condition, holds) => {
    const hit = on(condition).atFrame("z/a.x", [7, 3], summary);
    expect(hit).toEqual(holds ? { id: "b", wire: "z/a.x", iteration: [7, 3] } : null);
  });

  test("isNaN holds as soon as one value is infinite or no number", () => {
    for (const value of [Number.NaN, Infinity]) {
      const bad = summarise(float32([1, value], [1, 2]));
      expect(on("isNaN").atFrame("z/a.x", [0], bad)).not.toBeNull();
    }
  });

  test("looks at its own wire only, or at its own zone's steps", () => {
    expect(on("1").atFrame("z/b.x", [0], summary)).toBeNull();
    const step = readBreakpoints([{ id: "s", wire: null, zone: "z", condition: "iteration >= 2" }]);
    expect(step.atStep("z", 1)).toBeNull();
    expect(step.atStep("y", 2)).toBeNull();
    expect(step.atStep("z", 2)).toEqual({ id: "s", wire: null, iteration: [2] });
  });

  test.each([
    ["norm >", "expression"],
    ["residual > 1", "breakpoint.name"],
  ])("%s is refused, located at the breakpoint", (condition, code) => {
    const { issues, atFrame } = on(condition);
    expect(issues).toHaveLength(1);
    expect(issues[0]?.code).toContain(code);
    expect(issues[0]?.at.path).toEqual(["breakpoints", "b"]);
    expect(atFrame("z/a.x", [0], summary)).toBeNull();
  });
});
