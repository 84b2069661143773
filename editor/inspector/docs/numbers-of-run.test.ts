import { expect, test } from "vitest";
import { openingExample } from "../../../test/studio/kit.ts";
import type { RunState } from "../../run/run-store.ts";
import { numbersOfRun } from "./numbers-of-run.ts";

const summary = (mean: number, shape: readonly number[]) => ({
  shape,
  min: 0,
  max: 1,
  mean,
  std: 0,
  norm: 1,
  notFinite: 0,
});
const step = (iteration: number, sigma: number) => ({
  zone: "reverse",
  iteration,
  nfe: iteration + 1,
  vjpCalls: 0,
  ms: 1,
  sigma,
});
const wire = (name: string, shape: readonly number[]) => ({
  wire: name,
  frames: [
    { iteration: [0], summary: summary(0.5, shape) },
    { iteration: [1], summary: summary(0.25, shape) },
  ],
});

function numbersAt(node: string, at: RunState["at"]) {
  const tracks = {
    "reverse/size.norm": wire("reverse/size.norm", [400]),
    "reverse/denoise.x0": wire("reverse/denoise.x0", [400, 2]),
  };
  const steps = [step(0, 3), step(1, 2)];
  return numbersOfRun(openingExample(), `graph/reverse/body/${node}`, { tracks, steps, at });
}

test("numbers of wires are those of the step that is looked at; pictures have none", () => {
  expect(numbersAt("guided", null)).toEqual({ size: 0.25 });
  expect(numbersAt("guided", [0])).toEqual({ size: 0.5 });
});

test("what reads the level has its noise level", () => {
  expect(numbersAt("denoise", null)).toEqual({ sigma: 2 });
  expect(numbersAt("denoise", [0])).toEqual({ sigma: 3 });
});
