import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { AttributeProto_AttributeType as Type } from "onnx-buf";
import { buildModel, type TestModel, type TestNode } from "../../test/support/build-model.ts";
import { rewrite, roundTripDifference, wave } from "../../test/support/round-trip.ts";
import { IssueError } from "../base/issue.ts";
import { printProgram } from "../ir/print.ts";
import { float32, int64, scalarTensor, type Shape, type TensorData } from "../tensor/tensor.ts";
import { importModel, type ImportOptions } from "./import-model.ts";
import { readModel } from "./model.ts";
import { tensorOf } from "./proto/numbers.ts";

const load = (model: TestModel, options: ImportOptions = {}) =>
  importModel(readModel(buildModel(model)), options);

function issuesOf(run: () => unknown) {
  try {
    run();
  } catch (error) {
    if (error instanceof IssueError) return error.issues;
    throw error;
  }
  return [];
}

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

/** x reshaped to what a chain of shape arithmetic says. */
function reshapeBy(
  nodes: readonly TestNode[],
  weights: Readonly<Record<string, TensorData>>,
): TestModel {
  return {
    opset: 17,
    weights,
    inputs: { x: { dims: ["N", 3, "H"] } },
    outputs: ["y"],
    nodes: [
      { op: "Shape", in: ["x"], out: ["s"] },
      ...nodes,
      { op: "Reshape", in: ["x", "target"], out: ["y"] },
    ],
  };
}

describe("shape arithmetic", () => {
  const one = int64([1]);
  const cases: readonly (readonly [string, TestModel])[] = [
    [
      "Gather, Mul, Unsqueeze, Concat",
      reshapeBy(
        [
          { op: "Gather", in: ["s", "i0"], out: ["n"] },
          { op: "Gather", in: ["s", "i1"], out: ["c"] },
          { op: "Mul", in: ["n", "c"], out: ["m"] },
          { op: "Unsqueeze", in: ["m", "axis"], out: ["u"] },
          { op: "Concat", in: ["u", "open"], out: ["target"], at: { axis: 0 } },
        ],
        { i0: int64([0], []), i1: int64([1], []), axis: int64([0]), open: int64([-1]) },
      ),
    ],
    [
      "Slice, ReduceProd, Div, Cast to float and back",
      reshapeBy(
        [
          { op: "Slice", in: ["s", "one", "end"], out: ["tail"] },
          { op: "ReduceProd", in: ["tail"], out: ["p"], at: { keepdims: 1 } },
          { op: "Cast", in: ["p"], out: ["pf"], at: { to: 1 } },
          { op: "Div", in: ["pf", "two"], out: ["h"] },
          { op: "Floor", in: ["h"], out: ["hf"] },
          { op: "Cast", in: ["hf"], out: ["half"], at: { to: 7 } },
          { op: "Concat", in: ["half", "open"], out: ["target"], at: { axis: 0 } },
        ],
        { one, end: tensorOf("int64", [1], [2 ** 63]), two: scalarTensor(2), open: int64([-1]) },
      ),
    ],
    [
      "ConstantOfShape, Equal, Where, Expand",
      reshapeBy(
        [
          {
            op: "ConstantOfShape",
            in: ["three"],
            out: ["ones"],
            at: { value: { tensor: int64([1]) } },
          },
          { op: "Mul", in: ["ones", "open"], out: ["minus"] },
          { op: "Equal", in: ["flags", "minus"], out: ["is"] },
          { op: "Where", in: ["is", "ones", "s"], out: ["w"] },
          { op: "Concat", in: ["w", "open"], out: ["target"], at: { axis: 0 } },
        ],
        { three: int64([3]), open: int64([-1]), flags: int64([-1, 0, -1]) },
      ),
    ],
    [
      "Range, Add, Mod, ScatterND, Min, Max",
      reshapeBy(
        [
          { op: "Range", in: ["zero", "count", "step"], out: ["r"] },
          { op: "Mod", in: ["r", "step"], out: ["m"] },
          { op: "Add", in: ["m", "step"], out: ["a"] },
          { op: "ScatterND", in: ["a", "at", "open"], out: ["t"] },
          { op: "Min", in: ["t", "step"], out: ["u"] },
          { op: "Max", in: ["u", "open"], out: ["target"] },
        ],
        {
          zero: int64([0], []),
          count: int64([2], []),
          step: int64([1], []),
          at: int64([1], [1, 1]),
          open: int64([-1]),
        },
      ),
    ],
    [
      "Sub, Neg, NonZero, Transpose, Squeeze, Split",
      reshapeBy(
        [
          { op: "Sub", in: ["s", "s"], out: ["z"] },
          { op: "Add", in: ["z", "mask"], out: ["k"] },
          { op: "NonZero", in: ["k"], out: ["nz"] },
          { op: "Transpose", in: ["nz"], out: ["t"] },
          { op: "Squeeze", in: ["t"], out: ["q"] },
          { op: "Gather", in: ["s", "q"], out: ["picked"] },
          { op: "Split", in: ["picked"], out: ["a", "b"] },
          { op: "Neg", in: ["one"], out: ["open"] },
          { op: "Concat", in: ["b", "open", "a"], out: ["target"], at: { axis: 0 } },
        ],
        { mask: int64([1, 0, 1]), one },
      ),
    ],
  ];
  test.each(cases)("%s is computed when importing", async (_, model) => {
    const x = wave([2, 3, 4]);
    const { program } = load(model, { shapes: { x: x.shape } });
    expect(program.equations.map(({ op }) => op)).toEqual(["Reshape"]);
    expect((await roundTripDifference(buildModel(model), { x })).largest).toBe(0);
  });

  test("constant arithmetic on many floats stays in the program", () => {
    const { program } = load({
      opset: 17,
      inputs: { x: { dims: [100] } },
      weights: { w: wave([100]) },
      outputs: ["y"],
      nodes: [
        { op: "Mul", in: ["w", "w"], out: ["s"] },
        { op: "Add", in: ["x", "s"], out: ["y"] },
      ],
    });
    expect(program.equations.map(({ op }) => op)).toEqual(["Mul", "Add"]);
  });

  test("a large ConstantOfShape is an Expand of one element", () => {
    const { program } = load({
      opset: 17,
      inputs: { x: { dims: [1] } },
      weights: { s: int64([1000, 1000]) },
      outputs: ["y"],
      nodes: [
        { op: "ConstantOfShape", in: ["s"], out: ["z"] },
        { op: "Add", in: ["x", "z"], out: ["y"] },
      ],
    });
    expect([...program.constants.values()].map(({ data }) => data.length)).toEqual([1]);
  });
});

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
