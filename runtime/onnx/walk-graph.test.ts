import { AttributeProto_AttributeType as Type } from "onnx-buf";
import { describe, expect, test } from "vitest";
import { buildModel, type TestModel, type TestNode } from "../../test/support/build-model.ts";
import { issuesOf, load } from "../../test/support/import-issues.ts";
import { roundTripDifference, wave } from "../../test/support/round-trip.ts";
import { float32, int64, scalarTensor } from "../tensor/tensor.ts";
import { tensorOf } from "./proto/numbers.ts";

describe("constants", () => {
  const values: readonly (readonly [string, Required<TestNode>["at"], readonly number[]])[] = [
    ["value", { value: { tensor: float32([1.5], [1]) } }, [1.5]],
    ["value_float", { value_float: { float: 2.5 } }, [2.5]],
    ["value_floats", { value_floats: { floats: [0.5] } }, [0.5]],
    ["value_int", { value_int: 3 }, [3]],
    ["value_ints", { value_ints: [4] }, [4]],
  ];
  test.each(values)("Constant gives its %s", (_, at, expected) => {
    const { program } = load({
      opset: 13,
      inputs: { x: { dims: [1] } },
      outputs: ["y"],
      nodes: [
        { op: "Constant", out: ["k"], at },
        { op: "Cast", in: ["k"], out: ["f"], at: { to: 1 } },
        { op: "Mul", in: ["x", "f"], out: ["y"] },
      ],
    });
    expect([...program.constants.values()].map(({ data }) => [...data])).toEqual([expected]);
  });

  test("weights listed as inputs too are no inputs of the program", () => {
    const { inputNames } = load({
      opset: 11,
      inputs: { x: { dims: [2] } },
      weights: { w: wave([2]) },
      weightsAsInputs: true,
      outputs: ["y"],
      nodes: [{ op: "Add", in: ["x", "w"], out: ["y"] }],
    });
    expect(inputNames).toEqual(["x"]);
  });

  test("float64 and float16 weights keep their type", () => {
    const { program } = load({
      opset: 13,
      inputs: { x: { dims: [2], dtype: "float16" } },
      outputs: ["y:float64"],
      weights: {
        h: tensorOf("float16", [2], [0.1, 65504]),
        d: tensorOf("float64", [2], [0.1, 1e300]),
      },
      nodes: [
        { op: "Add", in: ["x", "h"], out: ["a"] },
        { op: "Cast", in: ["a"], out: ["b"], at: { to: 11 } },
        { op: "Mul", in: ["b", "d"], out: ["y"] },
      ],
    });
    expect([...program.constants.values()].map(({ dtype }) => dtype)).toEqual([
      "float16",
      "float64",
    ]);
  });

  test("an input among ints is a constant", () => {
    const model: TestModel = {
      opset: 13,
      inputs: { x: { dims: [6] }, s: { dims: [2], dtype: "int64" } },
      outputs: ["y"],
      nodes: [{ op: "Reshape", in: ["x", "s"], out: ["y"] }],
    };
    const { inputNames, program } = load(model, { ints: { s: [2, 3] } });
    expect([inputNames, program.outputs[0]?.shape]).toEqual([["x"], [2, 3]]);
    expect(issuesOf(() => load(model))[0]?.message).toContain("computed while the model runs");
  });
});

describe("branches and functions", () => {
  const branch = (op: string) => ({
    graph: {
      nodes: [{ op, in: ["h", "k"], out: [`${op}Out`] }],
      weights: { k: scalarTensor(2) },
      outputs: [`${op}Out`],
    },
  });
  const branching: TestModel = {
    opset: 13,
    inputs: { x: { dims: ["N"] } },
    weights: { limit: int64([3], []), i: int64([0], []) },
    outputs: ["y"],
    nodes: [
      { op: "Shape", in: ["x"], out: ["s"] },
      { op: "Gather", in: ["s", "i"], out: ["n"] },
      { op: "Less", in: ["n", "limit"], out: ["short"] },
      { op: "Exp", in: ["x"], out: ["h"] },
      {
        op: "If",
        in: ["short"],
        out: ["y"],
        at: { then_branch: branch("Add"), else_branch: branch("Mul") },
      },
    ],
  };
  test.each([
    [2, "Add"],
    [4, "Mul"],
  ])("If on a constant takes its branch for %i elements and reads outer names", async (n, op) => {
    const { program } = load(branching, { shapes: { x: [n] } });
    expect(program.equations.map(({ op }) => op)).toEqual(["Exp", op]);
    expect((await roundTripDifference(buildModel(branching), { x: wave([n]) })).largest).toBe(0);
  });

  test("If on a computed condition is refused by name", () => {
    const [issue] = issuesOf(() =>
      load({
        opset: 13,
        inputs: { c: { dims: [], dtype: "bool" }, h: { dims: [1] } },
        outputs: ["y"],
        nodes: [
          {
            op: "If",
            name: "gate",
            in: ["c"],
            out: ["y"],
            at: { then_branch: branch("Add"), else_branch: branch("Mul") },
          },
        ],
      }),
    );
    expect(issue).toMatchObject({ code: "model.unsupported-operator", at: { node: "gate" } });
  });

  const scaled: TestModel = {
    opset: 15,
    inputs: { x: { dims: [3] } },
    outputs: ["y"],
    domains: { local: 1 },
    functions: [
      {
        domain: "local",
        name: "Leaky",
        inputs: ["a"],
        outputs: ["b"],
        attributes: ["slope"],
        nodes: [
          {
            op: "LeakyRelu",
            in: ["a"],
            out: ["b"],
            at: { alpha: { ref: "slope", type: Type.FLOAT } },
          },
        ],
      },
      {
        domain: "local",
        name: "Twice",
        inputs: ["a"],
        outputs: ["c"],
        attributes: ["slope"],
        nodes: [
          {
            op: "Leaky",
            domain: "local",
            in: ["a"],
            out: ["b"],
            at: { slope: { ref: "slope", type: Type.FLOAT } },
          },
          { op: "Leaky", domain: "local", in: ["b"], out: ["c"], at: { slope: { float: 0.5 } } },
        ],
      },
    ],
    nodes: [
      {
        op: "Twice",
        name: "act",
        domain: "local",
        in: ["x"],
        out: ["y"],
        at: { slope: { float: 0.25 } },
      },
    ],
  };
  test("functions are written out with their attributes", async () => {
    const { program } = load(scaled);
    expect(program.equations.map(({ op, params, origin }) => [op, params, origin])).toEqual([
      ["LeakyRelu", { alpha: 0.25 }, "act/b/b"],
      ["LeakyRelu", { alpha: 0.5 }, "act/c/b"],
    ]);
    expect((await roundTripDifference(buildModel(scaled), { x: wave([3]) })).largest).toBe(0);
  });

  test("a function that calls itself is refused", () => {
    const looping = {
      domain: "local",
      name: "F",
      inputs: ["a"],
      outputs: ["b"],
      nodes: [
        { op: "F", domain: "local", in: ["a"], out: ["c"] },
        { op: "F", domain: "local", in: ["c"], out: ["b"] },
      ],
    };
    const [issue] = issuesOf(() =>
      load({
        ...scaled,
        functions: [looping],
        nodes: [{ op: "F", domain: "local", in: ["x"], out: ["y"] }],
      }),
    );
    expect(issue?.code).toBe("model.too-nested");
  });
});
