import { describe, expect, test } from "vitest";
import { float32 } from "../../runtime/tensor/tensor.ts";
import { compiled, doneOf, eventsOf, numbers, tensorFeed } from "./kit.ts";

const graph = {
  mask: { type: "operator/in-space", v: 1, in: { operator: "@operator", space: "@x" } },
  measure: { type: "operator/measure", v: 1, in: { operator: "mask.operator", x: "@x" } },
  start: { type: "math/noise", v: 1, in: { like: "@x" } },
};
const inputs = {
  x: { kind: "signal" },
  operator: {
    kind: "operator",
    default: { type: "operator/box-inpainting", v: 1, params: { height: 1, width: 1 } },
  },
};
const measured = async (x: readonly number[], shape: readonly number[], batch: number) => {
  const feeds = { x: tensorFeed(float32(x, shape)) };
  const outputs = { y: "measure.y", start: "start.x" };
  return doneOf(await eventsOf(compiled({ graph, outputs, inputs, feeds, batch })));
};

describe("several samples", () => {
  test("of one signal share its measurement, each with noise of its own elsewhere", async () => {
    const three = await measured([1, 2, 3, 4], [1, 1, 2, 2], 3);
    const y = numbers(three, "y");
    expect(y.slice(4, 8)).toEqual(y.slice(0, 4));
    expect(y.slice(8)).toEqual(y.slice(0, 4));
    const start = numbers(three, "start");
    expect(start.slice(4, 8)).not.toEqual(start.slice(0, 4));
    const one = await measured([1, 2, 3, 4], [1, 1, 2, 2], 1);
    expect(numbers(one, "y")).toEqual(y.slice(0, 4));
  });

  test("of several signals are measured each by itself", async () => {
    const two = await measured([1, 2, 3, 4, 1, 2, 3, 4], [2, 1, 2, 2], 2);
    const y = numbers(two, "y");
    expect(y.slice(4)).not.toEqual(y.slice(0, 4));
  });
});
