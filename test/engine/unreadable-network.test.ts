import { describe, expect, test } from "vitest";
import { int64 } from "../../runtime/tensor/tensor.ts";
import { buildModel } from "../support/build-model.ts";
import { compiled, doneOf, eventsOf, expression, issuesOf, numbers } from "./kit.ts";

/** A denoiser with an operator that has no row here, and that onnxruntime knows. */
const bytes = buildModel({
  opset: 17,
  inputs: { x: { dims: ["n", "c", "h", "w"] }, sigma: { dims: ["n"] } },
  weights: { axes: int64([2, 3]) },
  nodes: [
    { op: "Det", in: ["x"], out: ["d"] },
    { op: "Unsqueeze", in: ["d", "axes"], out: ["u"] },
    { op: "Sub", in: ["x", "u"], out: ["x0"] },
  ],
  outputs: ["x0:float32:n,c,h,w"],
});
const prior = {
  type: "prior/onnx",
  v: 1,
  params: { model: "odd", predicts: "x0", process: "ve", conditioning: "sigma" },
};
const network = { name: "odd.onnx", bytes, sha256: "odd", card: null };
const denoise = {
  level: { type: "schedule/level", v: 1, params: { sigma: 1 } },
  denoise: { type: "prior/denoise", v: 1, in: { prior: "@prior", x: "@x", level: "level.level" } },
};
const inputs = { x: { kind: "signal" }, prior: { kind: "prior", default: prior } };

describe("a network with an operator that has no row", () => {
  test("runs as it is", async () => {
    const sketch = {
      graph: denoise,
      outputs: { x0: "denoise.x0" },
      inputs,
      models: { odd: network },
    };
    const done = doneOf(await eventsOf(compiled(sketch)));
    expect(numbers(done, "x0")).toEqual([3, 4, 5, 6]);
    expect(done.nfe).toBe(1);
  });

  test("is refused by name where a gradient goes through it", async () => {
    const graph = {
      ...denoise,
      twice: expression("2*x", { x: "denoise.x0" }),
      size: { type: "math/norm", v: 1, in: { x: "twice.x" } },
      gradient: { type: "gradient/of", v: 1, in: { of: "size.norm", wrt: "@x" } },
    };
    const sketch = { graph, outputs: { g: "gradient.gradient" }, inputs, models: { odd: network } };
    const [issue] = await issuesOf(() => compiled(sketch));
    expect(issue?.code).toBe("model.unsupported-operator");
    expect(issue?.message).toContain("Det");
  });
});
