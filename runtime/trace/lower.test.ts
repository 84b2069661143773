import { describe, expect, test } from "vitest";
import { whyIllFormed } from "../ir/well-formed.ts";
import { createRecorder } from "./recorder.ts";
import { lowerProgram } from "./lower.ts";

const image = { dtype: "float32", shape: [1, 6, 8, 8] } as const;

describe(lowerProgram.name, () => {
  test("writes a mean over channels as a product, and keeps the signature", () => {
    const r = createRecorder();
    const x = r.input(image);
    const program = r.finish([r.op("ReduceMean", [x], { axes: [1], keepdims: true })]);
    const lowered = lowerProgram(program);
    expect(whyIllFormed(lowered)).toBeNull();
    expect(lowered.equations.map(({ op }) => op)).toEqual(["Reshape", "MatMul", "Reshape"]);
    expect(lowered.outputs.map(({ shape }) => shape)).toEqual([[1, 1, 8, 8]]);
  });

  test("gives zero channels to the convolutions that webgpu computes wrongly, and only to those", () => {
    const conv = (outputs: number) => {
      const r = createRecorder();
      const w = r.input({ dtype: "float32", shape: [outputs, 6, 3, 3] });
      const params = { strides: [1, 1], pads: [1, 1, 1, 1], dilations: [1, 1], group: 1 };
      return lowerProgram(r.finish([r.op("Conv", [r.input(image), w, null], params)]));
    };
    expect(conv(16).equations.map(({ op }) => op)).toEqual(["Pad", "Pad", "Conv"]);
    expect(conv(15).equations.map(({ op }) => op)).toEqual(["Conv"]);
  });

  test("spreads by zeros without a Pad of narrow rows", () => {
    const r = createRecorder();
    const x = r.input({ dtype: "float32", shape: [4, 5, 1, 6, 1, 1] });
    const pads = [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0];
    const lowered = lowerProgram(
      r.finish([r.op("Pad", [x], { pads, mode: "constant", value: 0 })]),
    );
    expect(lowered.equations.some(({ op }) => op === "Pad")).toBe(false);
    expect(lowered.outputs[0]?.shape).toEqual([4, 5, 2, 6, 2, 1]);
  });

  test("keeps origins and everything that has no other form", () => {
    const r = createRecorder();
    r.setOrigin("prior");
    const program = r.finish([r.op("Exp", [r.input(image)], {})]);
    expect(lowerProgram(program).equations.map(({ op, origin }) => [op, origin])).toEqual([
      ["Exp", "prior"],
    ]);
  });
});
