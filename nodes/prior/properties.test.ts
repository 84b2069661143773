import { expect, test } from "vitest";
import { loadModel } from "../../cli/assets/source.ts";
import { shippedFile } from "../../cli/library.ts";
import { compiled, issuesOf, runSketch, tensorFeed } from "../../test/engine/kit.ts";
import { float32 } from "../../runtime/tensor/tensor.ts";

const takes = ["axes", "channels", "spatial", "multipleOf"];

async function properties(node: object, models = {}) {
  const { outputs } = await runSketch({
    inputs: { prior: { kind: "prior", default: node } },
    graph: { takes: { type: "prior/properties", v: 1, in: { prior: "@prior" } } },
    outputs: Object.fromEntries(takes.map((name) => [name, `takes.${name}`])),
    feeds: {},
    models,
  });
  return outputs;
}

const mixture = (means: unknown) => ({
  type: "prior/gaussian-mixture",
  v: 1,
  params: { means, std: 1 },
});

test("a network takes what its card and its input say", async () => {
  const photo64 = await loadModel("photo64", shippedFile("models", "photo64") ?? "");
  const network = { type: "prior/onnx", v: 1, params: { model: "photo64" } };
  expect(await properties(network, { photo64 })).toEqual({
    axes: 3,
    channels: 3,
    spatial: [0, 0],
    multipleOf: 16,
  });
});

test("a mixture takes signals of its means' shape, or any where a mean is one number", async () => {
  expect(await properties(mixture([[[0, 0, 0]], [[1, 1, 1]]]))).toEqual({
    axes: 2,
    channels: 1,
    spatial: [3],
    multipleOf: 1,
  });
  expect(await properties(mixture([0, 1]))).toEqual({
    axes: 0,
    channels: 0,
    spatial: [],
    multipleOf: 1,
  });
});

test("a refused signal is told what there is instead only where it could be made so", async () => {
  const refused = (signal: readonly number[]) =>
    issuesOf(() =>
      compiled({
        inputs: {
          prior: {
            kind: "prior",
            default: mixture([
              [
                [
                  [0, 0],
                  [0, 0],
                ],
              ],
            ]),
          },
          x: { kind: "signal" },
          level: { kind: "level", default: { type: "schedule/level", v: 1, params: { sigma: 1 } } },
        },
        graph: {
          denoise: {
            type: "prior/denoise",
            v: 1,
            in: { prior: "@prior", x: "@x", level: "@level" },
          },
        },
        outputs: { x0: "denoise.x0" },
        feeds: { x: tensorFeed(float32(new Float32Array(signal.reduce((a, b) => a * b)), signal)) },
      }),
    );
  const [picture] = await refused([1, 3, 5, 2]);
  expect(picture?.fix).toBe(
    "For a picture from a file --fit crop makes it 2 x 2, --fit resize makes it 2 x 2, in grey (in a graph, the params fit and channels of input/image).",
  );
  expect((await refused([1, 2, 5, 2]))[0]?.fix).toBe("Use a prior for signals of this shape.");
  expect((await refused([1, 1, 4]))[0]?.fix).toBe("Use a prior for signals of this shape.");
});
