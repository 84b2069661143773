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
    ["step == 4", true],
    ["step == 3", false],
    ["outer == 7", true],
    ["outer == 3", false],
    ["norm(x) > 4.9", true],
    ["norm( x ) > 5.1 || isNaN(x)", false],
  ])("%s of a frame of the step 7, 3: %s", (condition, holds) => {
    const hit = on(condition).atFrame("z/a.x", [7, 3], summary);
    if (holds) expect(hit).toMatchObject({ id: "b", wire: "z/a.x", iteration: [7, 3] });
    else expect(hit).toBeNull();
  });

  test("says what its condition read", () => {
    const hit = on("norm > 4 && iteration == 3").atFrame("z/a.x", [7, 3], summary);
    expect(hit?.values).toEqual({ norm: 5, iteration: 3 });
  });

  test("of a zone it reads the level, the evaluations and the time of the step", () => {
    const step = { zone: "z", iteration: 2, sigma: 0.5, nfe: 6, ms: 20 };
    const at = (condition: string) =>
      readBreakpoints([{ id: "s", wire: null, zone: "z", condition }]).atStep(step);
    expect(at("sigma < 0.6 && nfe >= 6 && ms > 10")?.values).toEqual({
      sigma: 0.5,
      nfe: 6,
      ms: 20,
    });
    expect(at("sigma < 0.4")).toBeNull();
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
    const at = (zone: string, iteration: number) => step.atStep({ zone, iteration, nfe: 0, ms: 0 });
    expect(at("z", 1)).toBeNull();
    expect(at("y", 2)).toBeNull();
    expect(at("z", 2)).toMatchObject({ id: "s", wire: null, iteration: [2] });
  });

  test.each([
    ["norm >", "expression"],
    ["residual > 1", "breakpoint.name"],
    ["sigma > 1", "breakpoint.name"],
    ["norm(r) > 1", "expression"],
  ])("%s is refused, located at the breakpoint", (condition, code) => {
    const { issues, atFrame } = on(condition);
    expect(issues).toHaveLength(1);
    expect(issues[0]?.code).toContain(code);
    expect(issues[0]?.at.path).toEqual(["breakpoints", "b"]);
    expect(atFrame("z/a.x", [0], summary)).toBeNull();
  });
});
