import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { createHash } from "node:crypto";
import { ModelProtoSchema, StringStringEntryProtoSchema, TensorProto_DataLocation } from "onnx-buf";
import { describe, expect, test } from "vitest";
import {
  compiled,
  issuesOf,
  numbers,
  runSketch,
  tensorFeed,
  type Sketch,
} from "../../test/engine/kit.ts";
import { buildModel, type TestNode } from "../../test/support/build-model.ts";
import type { ModelAsset } from "../../runtime/graph/define-node.ts";
import { float32, int64, type TensorData } from "../../runtime/tensor/tensor.ts";

const asset = (bytes: Uint8Array, more: Partial<ModelAsset> = {}): ModelAsset => ({
  name: "decoder",
  bytes,
  sha256: createHash("sha256").update(bytes).digest("hex"),
  card: null,
  ...more,
});

const weights = Array.from({ length: 32 }, (_, i) => Math.sin(1 + i) / 2);
const latent = [0.3, -0.4, 0.8, 0.1];

/** Four latents to a picture of 2 channels, 2 × 2 pixels: tanh(z W) s, with the number s an input of its own. */
function decoder(extra: readonly TestNode[] = []): Uint8Array {
  return buildModel({
    opset: 17,
    inputs: {
      z: { dims: ["batch", 4] },
      s: { dims: [1] },
      side: { dims: [], dtype: "int64" },
    },
    weights: {
      w: float32(weights, [4, 8]),
      ends: int64([-1, 2]),
      unsqueezed: int64([1]),
    },
    nodes: [
      { op: "MatMul", in: ["z", "w"], out: ["h"] },
      { op: "Tanh", in: ["h"], out: ["t"] },
      { op: "Mul", in: ["t", "s"], out: ["m"] },
      ...extra,
      { op: "Reshape", in: ["side", "unsqueezed"], out: ["one"] },
      { op: "Concat", in: ["ends", "one", "one"], out: ["shape"], at: { axis: 0 } },
      { op: "Reshape", in: [extra.at(-1)?.out[0] ?? "m", "shape"], out: ["picture"] },
    ],
    outputs: ["picture:float32:batch,2,2,2"],
  });
}

/** The same on the host. */
const decoded = (z: readonly number[]) =>
  Array.from(
    { length: 8 },
    (_, j) => Math.tanh(z.reduce((sum, v, i) => sum + v * weights[8 * i + j]!, 0)) * 0.5,
  );

const params = { model: "net", constants: { s: 0.5, side: 2 } };

function sketch(graph: object, outputs: object, more: Partial<Sketch> = {}): Sketch {
  return {
    graph: {
      net: { type: "operator/network", v: 1, params },
      bind: { type: "operator/in-space", v: 1, in: { operator: "net.operator", space: "@x" } },
      ...graph,
    },
    outputs: outputs as Record<string, string>,
    feeds: { x: tensorFeed(float32(latent, [1, 4])) },
    models: { net: asset(decoder()) },
    ...more,
  };
}
const applied = {
  y: { type: "operator/apply", v: 1, in: { operator: "bind.operator", x: "@x" } },
};

describe("operator/network", () => {
  test("computes what the network does, for each sample", async () => {
    const other = [0.9, 0.2, -0.5, -1];
    const x = float32([...latent, ...other], [2, 4]);
    const done = await runSketch(
      sketch(applied, { y: "y.y" }, { feeds: { x: tensorFeed(x) }, batch: 2 }),
    );
    expect((done.outputs["y"] as TensorData).shape).toEqual([2, 2, 2, 2]);
    const expected = [...decoded(latent), ...decoded(other)];
    numbers(done, "y").forEach((v, i) => expect(v).toBeCloseTo(expected[i]!, 5));
    expect(done.nfe).toBe(0);
  });

  test("has the gradient of its residual, as differences find it", async () => {
    const zero = { type: "math/scale", v: 1, params: { factor: 0 }, in: { x: "y.y" } };
    const wires = { operator: "bind.operator", x: "@x", measurement: "zero.x" };
    const gradient = { type: "operator/data-gradient", v: 1, in: wires };
    const done = await runSketch(
      sketch({ ...applied, zero, gradient }, { g: "gradient.gradient" }),
    );
    const loss = (z: readonly number[]) => decoded(z).reduce((sum, v) => sum + v * v, 0);
    const step = 1e-5;
    numbers(done, "g").forEach((v, i) => {
      const moved = (d: number) => latent.map((z, j) => (j === i ? z + d : z));
      expect(v).toBeCloseTo((loss(moved(step)) - loss(moved(-step))) / (2 * step), 4);
    });
  });

  test("maps pictures of [0,1] to and from [-1,1]", async () => {
    const ranges = { inputRange: "[0,1]", outputRange: "[0,1]" };
    const net = { type: "operator/network", v: 1, params: { ...params, ...ranges } };
    const done = await runSketch(sketch({ ...applied, net }, { y: "y.y" }));
    const expected = decoded(latent.map((v) => (v + 1) / 2)).map((v) => 2 * v - 1);
    numbers(done, "y").forEach((v, i) => expect(v).toBeCloseTo(expected[i]!, 5));
  });

  test("reads weights that lie in a file beside it", async () => {
    const { bytes, external } = weightsOutside(decoder());
    const models = { net: asset(bytes, { external }) };
    const done = await runSketch(sketch(applied, { y: "y.y" }, { models }));
    const expected = decoded(latent);
    numbers(done, "y").forEach((v, i) => expect(v).toBeCloseTo(expected[i]!, 5));
  });

  test("tells the latents' shape from the file, whatever the measurement", async () => {
    const done = await runSketch({
      graph: {
        adjusted: {
          type: "math/constant",
          v: 1,
          params: { value: 1 },
          in: { space: "@operator" },
        },
      },
      outputs: { x: "adjusted.x" },
      inputs: { measurement: { kind: "measurement" }, operator: { kind: "operator" } },
      feeds: {
        measurement: tensorFeed(float32(new Float32Array(8), [1, 2, 2, 2])),
        operator: { kind: "node", type: "operator/network", params },
      },
      models: { net: asset(decoder()) },
    });
    expect((done.outputs["x"] as TensorData).shape).toEqual([1, 4]);
  });

  test("has no gradient where its only path is rounded", async () => {
    const models = { net: asset(decoder([{ op: "Round", in: ["m"], out: ["r"] }])) };
    const wires = { operator: "bind.operator", x: "@x", measurement: "y.y" };
    const gradient = { type: "operator/data-gradient", v: 1, in: wires };
    const [issue] = await issuesOf(() =>
      compiled(sketch({ ...applied, gradient }, { g: "gradient.gradient" }, { models })),
    );
    expect(issue).toMatchObject({ code: "operator.lacks", at: { node: "gradient" } });
    expect(issue?.message).toBe("decoder has no gradient.");
  });

  test.each<readonly [object, string, string]>([
    [
      { model: "net" },
      "operator.network",
      'which input of the network is the signal; there are "z", "s", "side"',
    ],
    [{ model: "net", input: "q" }, "operator.network", 'The network has no input "q"'],
    [{ model: "net", input: "z" }, "operator.network", 'The network also wants the input "s".'],
    [
      { ...params, output: "latent" },
      "operator.network",
      'no output "latent"; there are "picture"',
    ],
    [
      { ...params, signal: [5] },
      "tensor.shape",
      "acts on signals of shape [5] by its param signal, this one has [4]",
    ],
  ])("refuses %j at its node", async (given, code, sentence) => {
    const net = { type: "operator/network", v: 1, params: given };
    const [issue] = await issuesOf(() => compiled(sketch({ net, ...applied }, { y: "y.y" })));
    expect(issue?.code).toBe(code);
    expect(issue?.message).toContain(sentence);
    expect(issue?.at.node).toMatch(/^(?:net|bind)$/);
  });

  test("refuses a signal that the network does not take", async () => {
    const feeds = { x: tensorFeed(float32([1, 2, 3], [1, 3])) };
    const [issue] = await issuesOf(() => compiled(sketch(applied, { y: "y.y" }, { feeds })));
    expect(issue?.code).toBe("model.input");
    expect(issue?.message).toContain("its axis 1 is 4 long, the given shape is [1,3]");
  });
});

/** The model with its large weights in another file. */
function weightsOutside(model: Uint8Array) {
  const proto = fromBinary(ModelProtoSchema, model);
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const tensor of proto.graph?.initializer.filter(({ name }) => name === "w") ?? []) {
    const { length } = tensor.rawData;
    parts.push(tensor.rawData);
    tensor.externalData = Object.entries({ location: "w.bin", offset, length }).map(
      ([key, value]) => create(StringStringEntryProtoSchema, { key, value: String(value) }),
    );
    tensor.dataLocation = TensorProto_DataLocation.EXTERNAL;
    tensor.rawData = new Uint8Array();
    offset += length;
  }
  return {
    bytes: toBinary(ModelProtoSchema, proto),
    external: { "w.bin": new Uint8Array(Buffer.concat(parts)) },
  };
}
