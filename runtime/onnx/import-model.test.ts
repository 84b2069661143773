import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { buildModel, type TestModel, type TestNode } from "../../test/support/build-model.ts";
import { issuesOf, load } from "../../test/support/import-issues.ts";
import { rewrite, roundTripDifference, wave } from "../../test/support/round-trip.ts";
import { printProgram } from "../ir/print.ts";
import { float32, int64, type Shape, type TensorData } from "../tensor/tensor.ts";
import { importModel } from "./import-model.ts";
import { readModel } from "./model.ts";

const prior = (name: string) =>
  readFileSync(new URL(`../../test/golden/priors/${name}.onnx`, import.meta.url));
const image = (shape: Shape): TensorData => wave(shape, 1);
const sigma = float32([0.4, 3], [2]);

describe("trained models", () => {
  const cases: readonly (readonly [string, Readonly<Record<string, TensorData>>])[] = [
    ["toy_rgb", { x: image([2, 3, 32, 32]), sigma }],
    ["toy_rgb", { x: image([2, 3, 16, 24]), sigma }],
    ["toy_gray28", { x: image([2, 1, 28, 28]), sigma }],
    ["toy_audio", { x: image([2, 4, 64]), sigma }],
    ["toy_rgb_vjp", { x: image([2, 3, 16, 16]), sigma, cotangent: wave([2, 3, 16, 16], 0.7) }],
  ];
  test.each(cases)("%s computes the same after import and export", async (name, feeds) => {
    const { largest, detail } = await roundTripDifference(prior(name), feeds);
    expect(largest, detail).toBeLessThanOrEqual(2e-6);
  });

  test("equations carry the names of the model's nodes", () => {
    const { program } = importModel(readModel(prior("toy_rgb")), {
      shapes: { x: [1, 3, 8, 8], sigma: [1] },
    });
    expect(program.equations.every(({ origin }) => origin !== undefined && origin !== "")).toBe(
      true,
    );
  });

  test("shape arithmetic leaves no equation on integers", () => {
    const { program } = importModel(readModel(prior("toy_rgb")), {
      shapes: { x: [1, 3, 8, 8], sigma: [1] },
    });
    expect(
      program.equations.flatMap(({ outputs }) => outputs.map(({ dtype }) => dtype)),
    ).not.toContain("int64");
  });
});

describe("inputs", () => {
  const pair: TestModel = {
    opset: 13,
    inputs: { a: { dims: ["N", 2] }, b: { dims: ["N", 2] } },
    outputs: ["y"],
    nodes: [{ op: "Add", in: ["a", "b"], out: ["y"] }],
  };
  test("one axis name bound to two sizes is an issue at the input", () => {
    const issues = issuesOf(() => load(pair, { shapes: { a: [3, 2], b: [4, 2] } }));
    expect(issues).toMatchObject([{ code: "model.input", at: { node: "b" } }]);
    expect(issues[0]?.message).toContain(
      'its axis 0, named "N", would be 4, but axis 0 of "a" is 3',
    );
  });

  test("every input that does not fit is reported at once", () => {
    expect(
      issuesOf(() => load(pair, { shapes: { a: [3, 5], c: [1] } })).map(({ at }) => at.node),
    ).toEqual(["c", "a", "b"]);
  });

  test("shapes that the model's operators do not accept are an issue at the node", () => {
    const model: TestModel = {
      opset: 13,
      inputs: { a: { dims: ["N"] }, b: { dims: ["M"] } },
      outputs: ["y"],
      nodes: [{ op: "Add", name: "sum", in: ["a", "b"], out: ["y"] }],
    };
    expect(issuesOf(() => load(model, { shapes: { a: [2], b: [3] } }))).toMatchObject([
      { code: "model.shape", at: { node: "sum" } },
    ]);
  });
});

describe("what cannot be read", () => {
  test("all unknown operators are named at once, without what follows from them", () => {
    const issues = issuesOf(() =>
      load({
        opset: 17,
        inputs: { x: { dims: [1, 2, 3, 4] } },
        outputs: ["y"],
        nodes: [
          { op: "Bernoulli", name: "noise", in: ["x"], out: ["a"] },
          { op: "Exp", in: ["a"], out: ["b"] },
          { op: "GridSample", in: ["x", "x"], out: ["c"] },
          { op: "Add", in: ["b", "c"], out: ["y"] },
        ],
      }),
    );
    expect(issues.map(({ code, at, got }) => [code, at.node, got])).toEqual([
      ["model.unsupported-operator", "noise", "Bernoulli"],
      ["model.unsupported-operator", "c", "GridSample"],
    ]);
  });

  test("what no output needs is not looked at", () => {
    const { program } = load({
      opset: 17,
      inputs: { x: { dims: [1] } },
      outputs: ["y"],
      nodes: [
        { op: "Mystery", in: ["x"], out: ["a"] },
        { op: "Exp", in: ["x"], out: ["y"] },
      ],
    });
    expect(program.equations).toHaveLength(1);
  });

  test("training mode is refused with the cure", () => {
    const [issue] = issuesOf(() =>
      load({
        opset: 15,
        inputs: { x: { dims: [1, 2, 3] } },
        weights: { w: wave([2]) },
        outputs: ["y"],
        nodes: [
          {
            op: "BatchNormalization",
            in: ["x", "w", "w", "w", "w"],
            out: ["y"],
            at: { training_mode: 1 },
          },
        ],
      }),
    );
    expect(issue?.fix).toContain("model.eval()");
  });

  test("a tensor beyond all memory is refused before anything is allocated", () => {
    const [issue] = issuesOf(() =>
      load({
        opset: 13,
        inputs: { x: { dims: [1] } },
        weights: { s: int64([70000, 70000]) },
        outputs: ["y"],
        nodes: [{ op: "Expand", name: "grow", in: ["x", "s"], out: ["y"] }],
      }),
    );
    expect(issue).toMatchObject({ code: "model.too-large", at: { node: "grow" } });
  });

  test("nodes in a cycle are refused", () => {
    const [issue] = issuesOf(() =>
      load({
        opset: 13,
        inputs: { x: { dims: [1] } },
        outputs: ["y"],
        nodes: [
          { op: "Add", in: ["x", "b"], out: ["a"] },
          { op: "Exp", in: ["a"], out: ["b"] },
          { op: "Exp", in: ["b"], out: ["y"] },
        ],
      }),
    );
    expect(issue?.code).toBe("model.unreadable");
  });

  test("nodes in any order are read, ten thousand in a row", () => {
    const nodes = Array.from({ length: 10_000 }, (_, i): TestNode => ({
      op: "Neg",
      in: [i === 0 ? "x" : `v${i - 1}`],
      out: [`v${i}`],
    }));
    const { program } = load({
      opset: 13,
      inputs: { x: { dims: [1] } },
      nodes: nodes.toReversed(),
      outputs: ["v9999"],
    });
    expect(program.equations).toHaveLength(10_000);
  });

  test("an operator set that is too old or too new is refused", () => {
    const model = (opset: number): TestModel => ({
      opset,
      inputs: { x: { dims: [1] } },
      outputs: ["y"],
      nodes: [{ op: "Exp", in: ["x"], out: ["y"] }],
    });
    expect([6, 99].map((opset) => issuesOf(() => load(model(opset)))[0]?.code)).toEqual([
      "model.opset",
      "model.opset",
    ]);
  });
});

test("an imported program reads as straight-line code", () => {
  const { program } = rewrite(
    buildModel({
      opset: 11,
      inputs: { x: { dims: ["N", 4] } },
      outputs: ["y"],
      nodes: [
        { op: "Unsqueeze", in: ["x"], out: ["u"], at: { axes: [-1] } },
        { op: "Softmax", in: ["u"], out: ["y"] },
      ],
    }),
    { shapes: { x: [2, 4] } },
  );
  expect(printProgram(program)).toMatchInlineSnapshot(`
    "(%0:float32[2,4]) {
      %1:float32[2,4,1] = Reshape %0 shape=[2,4,1]
      %2:float32[2,4] = Reshape %1 shape=[2,4]
      %3:float32[2,4] = Softmax %2 axis=1
      %4:float32[2,4,1] = Reshape %3 shape=[2,4,1]
    } -> %4"
  `);
});
