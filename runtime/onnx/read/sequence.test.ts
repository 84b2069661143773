import { describe, expect, test } from "vitest";
import { buildModel, type TestModel, type TestNode } from "../../../test/support/build-model.ts";
import { issuesOf, load } from "../../../test/support/import-issues.ts";
import { roundTripDifference, wave } from "../../../test/support/round-trip.ts";
import { int64 } from "../../tensor/tensor.ts";

const model = (nodes: readonly TestNode[], outputs = ["y"]): TestModel => ({
  opset: 17,
  inputs: { x: { dims: [2, 5] } },
  weights: {
    two: int64([2], []),
    sizes: int64([1, 4], [2]),
    zero: int64([0], []),
    last: int64([-1], []),
  },
  nodes,
  outputs,
});
const split = (input: readonly string[], at: NonNullable<TestNode["at"]>): TestNode => ({
  op: "SplitToSequence",
  in: input,
  out: ["s"],
  at,
});
const item = (list: string, place: string, out: string): TestNode => ({
  op: "SequenceAt",
  in: [list, place],
  out: [out],
});

describe("lists of tensors", () => {
  const cases: Record<string, readonly TestNode[]> = {
    "pieces of two, the last one shorter": [
      split(["x", "two"], { axis: 1 }),
      item("s", "last", "y"),
    ],
    "listed pieces": [split(["x", "sizes"], { axis: -1 }), item("s", "last", "y")],
    "rows without their axis": [split(["x"], { axis: 0, keepdims: 0 }), item("s", "zero", "y")],
    "put together again": [
      split(["x"], { axis: 1 }),
      { op: "ConcatFromSequence", in: ["s"], out: ["y"], at: { axis: 0 } },
    ],
    "stacked after insertion and removal": [
      { op: "Exp", in: ["x"], out: ["e"] },
      { op: "SequenceConstruct", in: ["x", "e"], out: ["s"] },
      { op: "SequenceInsert", in: ["s", "e", "zero"], out: ["longer"] },
      { op: "SequenceErase", in: ["longer", "last"], out: ["rest"] },
      { op: "ConcatFromSequence", in: ["rest"], out: ["y"], at: { axis: -1, new_axis: 1 } },
    ],
  };
  test.each(Object.entries(cases))("%s", async (_, nodes) => {
    const { largest, detail } = await roundTripDifference(buildModel(model(nodes)), {
      x: wave([2, 5]),
    });
    expect(largest, detail).toBe(0);
  });

  test("a place outside the list is refused by name", () => {
    const nodes = [split(["x"], { axis: 0 }), item("s", "two", "y")];
    const [issue] = issuesOf(() => load(model(nodes)));
    expect(issue?.message).toContain("place 2 does not exist in a list of 2");
  });

  test("a list where a tensor belongs is refused by name", () => {
    const nodes = [split(["x"], { axis: 0 }), { op: "Exp", in: ["s"], out: ["y"] }];
    const [issue] = issuesOf(() => load(model(nodes)));
    expect(issue?.message).toContain('"y" (Exp) cannot be read: its input 0 is a list of tensors');
  });

  test("a list as the model's output is refused by name", () => {
    const [issue] = issuesOf(() => load(model([split(["x"], { axis: 0 })], ["s"])));
    expect(issue?.message).toContain(`The model's output "s" is a list of tensors`);
  });
});
