import { expect, test } from "vitest";
import { registry } from "../../../nodes/index.ts";
import type { Document } from "../../../runtime/graph/document.ts";
import { unitOfWire } from "../parts/wire-type.ts";
import { isNumber, numberText } from "./number-text.ts";

const frame = (...values: readonly number[]) => ({
  dtype: "float32" as const,
  shape: [values.length],
  data: Float32Array.from(values),
});

test("a number is a scalar of each sample, and nothing else is one", () => {
  expect([[], [1], [8], [8, 1]].map(isNumber)).toEqual([true, true, true, true]);
  expect([[0], [8, 2], [1, 1, 8], [1, 1, 8, 8]].map(isNumber)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

test("one number stands as it is, several as their mean and deviation, all short", () => {
  expect(numberText(frame(24.31234), "dB")).toBe("24.31\u202fdB");
  expect(numberText(frame(0.000012345), null)).toBe("1.23e−5");
  expect(numberText(frame(NaN), null)).toBe("NaN");
  expect(numberText(frame(20, 24), "dB")).toBe("22 ± 2\u202fdB");
  expect(numberText(frame(20, NaN), null)).toBe("20");
  expect(numberText(frame(0.4021, 0.4021, 0.4021), null)).toBe("0.4021");
});

test("the unit is that which the node gives its output, through zones and by the name of an output", () => {
  const psnr = { type: "metric/psnr", v: 1, in: { x: "@x", groundTruth: "@x" } };
  const document: Document = {
    denoodle: 1,
    name: "Units",
    inputs: { x: { kind: "signal" } },
    graph: {
      psnr,
      mse: { type: "metric/mse", v: 1, in: { x: "@x", groundTruth: "@x" } },
      loop: { type: "zone/repeat", v: 1, params: { count: 2 }, body: { inner: psnr } },
    },
    outputs: { quality: "psnr.psnr" },
    blocks: {},
  };
  const unit = (wire: string) => unitOfWire(document, registry, wire);
  expect(["psnr.psnr", "=quality", "loop/inner.psnr"].map(unit)).toEqual(["dB", "dB", "dB"]);
  expect(["mse.mse", "=nothing", "nobody.x", "loop/gone.x"].map(unit)).toEqual([
    null,
    null,
    null,
    null,
  ]);
});
