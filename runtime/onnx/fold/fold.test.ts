import { describe, expect, test } from "vitest";
import { buildModel, type TestModel, type TestNode } from "../../../test/support/build-model.ts";
import { load } from "../../../test/support/import-issues.ts";
import { roundTripDifference, wave } from "../../../test/support/round-trip.ts";
import { int64, scalarTensor, type TensorData } from "../../tensor/tensor.ts";
import { tensorOf } from "../proto/numbers.ts";

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
