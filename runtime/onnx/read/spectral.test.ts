import { describe } from "vitest";
import { testOneNode } from "../../../test/support/one-node.ts";
import { wave } from "../../../test/support/round-trip.ts";
import { int64 } from "../../tensor/tensor.ts";

const x = wave([2, 8, 6, 1]);
const complex = wave([2, 8, 6, 2]);

describe("Fourier transforms", () => {
  testOneNode(
    [
      {
        op: "DFT",
        opset: 17,
        note: "axis as attribute",
        at: { axis: 2, onesided: 1 },
        feeds: { x },
      },
      {
        op: "DFT",
        opset: 17,
        note: "length",
        at: { axis: 1 },
        feeds: { x },
        weights: { n: int64([16], []) },
      },
      { op: "DFT", opset: 17, note: "inverse", at: { axis: 1, inverse: 1 }, feeds: { x: complex } },
      {
        op: "DFT",
        opset: 20,
        note: "axis as input",
        feeds: { x: complex },
        weights: { a: int64([-3], []) },
        in: ["x", "", "a"],
      },
      { op: "DFT", opset: 20, note: "default axis", feeds: { x: complex } },
    ],
    1e-5,
  );
});
