import { expect, test } from "vitest";
import type { Operator } from "../../runtime/graph/values.ts";
import { float32, type Shape, type TensorData } from "../../runtime/tensor/tensor.ts";
import { issuesOf, runSketch, tensorFeed } from "../../test/engine/kit.ts";
import { registry } from "../index.ts";

/** The baseline that an operator of these params makes of the measurement y. */
const sketch = (type: string, params: object, signal: Shape, y: TensorData) => ({
  inputs: {
    operator: { kind: "operator", default: { type: `operator/${type}`, v: 1, params } },
    x: { kind: "signal" },
    y: { kind: "signal" },
  },
  graph: {
    bound: {
      type: "operator/in-space",
      v: 1,
      in: { operator: "@operator", space: "@x" },
    },
    first: { type: "operator/baseline", v: 1, in: { operator: "bound.operator", y: "@y" } },
  },
  outputs: { x: "first.x" },
  feeds: {
    x: tensorFeed(float32(new Float32Array(signal.reduce((a, b) => a * b)), signal)),
    y: tensorFeed(y),
  },
});

async function baseline(type: string, params: object, signal: Shape, y: TensorData) {
  const { outputs } = await runSketch(sketch(type, params, signal, y));
  return outputs["x"] as TensorData;
}

const counted = (shape: Shape) =>
  float32(
    Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => i),
    shape,
  );

test("missing pixels take the mean of the known ones, of all channels", async () => {
  const y = counted([1, 2, 2, 2]);
  const { data } = await baseline("box-inpainting", { height: 2, width: 1, left: 1 }, y.shape, y);
  // Known are 0, 2, 4, 6.
  expect([...data]).toEqual([0, 3, 2, 3, 4, 3, 6, 3]);
});

test("where all is missing the baseline is grey", async () => {
  const y = counted([1, 1, 2, 2]);
  const { data } = await baseline("box-inpainting", { height: 2, width: 2 }, y.shape, y);
  expect([...data]).toEqual([0, 0, 0, 0]);
});

test("large pixels are interpolated by cubics, which are exact on a ramp away from the border", async () => {
  const y = float32(
    Array.from({ length: 64 }, (_, i) => i % 8),
    [1, 1, 8, 8],
  );
  const { shape, data } = await baseline("average", { factor: 4 }, [1, 1, 32, 32], y);
  expect(shape).toEqual([1, 1, 32, 32]);
  const row = data.slice(32 * 16, 32 * 17);
  for (let i = 8; i < 24; i += 1) expect(row[i]).toBeCloseTo((i + 0.5) / 4 - 0.5, 4);
});

test("an operator without a better idea gives its pseudo-inverse, or the measurement", async () => {
  const y = counted([1, 1, 2, 2]);
  const hdr = await baseline("hdr", { gain: 2 }, y.shape, y);
  expect([...hdr.data]).toEqual([0, 0.5, 1, 1.5]);
  const blurred = await baseline("gaussian-blur", { std: 1 }, y.shape, y);
  expect([...blurred.data]).toEqual([...y.data]);
});

test("an operator with neither, whose measurements are no signals, is refused in a sentence", async () => {
  const operator: Operator = {
    label: "a sensor",
    linear: true,
    signal: [1, 4],
    measurement: [1, 2],
    apply: (_, x) => x,
    vjp: (_, x) => x,
    lipschitz: 1,
  };
  const [definition] = registry.versions("operator/baseline");
  const inputs = { operator: { bound: true, operator }, y: {} };
  const [issue] = await issuesOf(() =>
    definition?.build({
      params: {} as never,
      scalars: {} as never,
      inputs: inputs as never,
      ctx: {} as never,
    }),
  );
  expect(issue).toMatchObject({ code: "operator.lacks" });
  expect(issue?.message).toContain("a sensor has no baseline");
});
