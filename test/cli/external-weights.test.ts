import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { ModelProtoSchema, StringStringEntryProtoSchema, TensorProto_DataLocation } from "onnx-buf";
import { afterAll, describe, expect, test } from "vitest";
import { loadModel, locateModel } from "../../cli/assets/source.ts";
import { openWeights } from "../../runtime/protocol/open-weights.ts";
import type { ModelAsset } from "../../runtime/graph/define-node.ts";
import { doneOf, eventsOf, compiled, issuesOf, numbers, tensorFeed } from "../engine/kit.ts";
import { readNpy, writeNpy } from "../../runtime/tensor/npy.ts";
import { float32 } from "../../runtime/tensor/tensor.ts";
import { call, runHere, writeJson } from "./support/try-run.ts";

const shipped = path.resolve(import.meta.dirname, "../golden/priors/toy_gray28.onnx");
const folder = mkdtempSync(path.join(tmpdir(), "denoodle-external-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The model with all its weights moved to the file `weights.bin`. */
function moveWeightsOut(): string {
  const model = fromBinary(ModelProtoSchema, new Uint8Array(readFileSync(shipped)));
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const tensor of model.graph?.initializer ?? []) {
    const { length } = tensor.rawData;
    parts.push(tensor.rawData);
    tensor.externalData = Object.entries({ location: "weights.bin", offset, length }).map(
      ([key, value]) => create(StringStringEntryProtoSchema, { key, value: String(value) }),
    );
    tensor.dataLocation = TensorProto_DataLocation.EXTERNAL;
    tensor.rawData = new Uint8Array();
    offset += length;
  }
  writeFileSync(path.join(folder, "weights.bin"), Buffer.concat(parts));
  const file = path.join(folder, "apart.onnx");
  writeFileSync(file, toBinary(ModelProtoSchema, model));
  return file;
}

const x = float32(
  Float32Array.from({ length: 64 }, (_, i) => Math.sin(i)),
  [1, 1, 8, 8],
);
const graph = {
  level: { type: "schedule/level", v: 1, params: { sigma: 0.5 } },
  denoise: { type: "prior/denoise", v: 1, in: { prior: "@prior", x: "@x", level: "level.level" } },
};

async function denoised(model: ModelAsset): Promise<readonly number[]> {
  const prior = { type: "prior/onnx", v: 1, params: { model: "net" } };
  const inputs = { x: { kind: "signal" }, prior: { kind: "prior", default: prior } };
  const sketch = {
    graph,
    outputs: { x0: "denoise.x0" },
    inputs,
    models: { net: model },
    feeds: { x: tensorFeed(x) },
  };
  return numbers(doneOf(await eventsOf(compiled(sketch))), "x0");
}

describe("a model that keeps its weights in another file", () => {
  const file = moveWeightsOut();

  test("gives the same numbers, under a hash of its own", async () => {
    const apart = await loadModel("apart", file);
    const whole = await loadModel("whole", shipped);
    expect(Object.keys(apart.external ?? {})).toEqual(["weights.bin"]);
    expect(apart.sha256).not.toBe(whole.sha256);
    expect(await denoised(apart)).toEqual(await denoised(whole));
  });

  test("is sent without them to an engine, which reads them once", async () => {
    const located = await locateModel("apart", file);
    const { external: _, ...apart } = await loadModel("apart", file);
    expect(located).toEqual({
      ...apart,
      weightFiles: { "weights.bin": path.join(folder, "weights.bin") },
    });
    const read: string[] = [];
    const open = async () => {
      const models = await openWeights(new Map([["net", located]]), async (weights) => {
        read.push(weights);
        return new Uint8Array(readFileSync(weights));
      });
      return models.get("net")!;
    };
    const [first, second] = [await open(), await open()];
    expect(read).toEqual([path.join(folder, "weights.bin")]);
    expect(first.external?.["weights.bin"]).toBe(second.external?.["weights.bin"]);
    expect(await denoised(first)).toEqual(await denoised(await loadModel("whole", shipped)));
  });

  test("is refused by an engine that reads no files", async () => {
    const { weightFiles, ...apart } = await locateModel("apart", file);
    const models = new Map([["net", { ...apart, sha256: "0", weightFiles: weightFiles ?? {} }]]);
    const [issue] = await issuesOf(() => openWeights(models, undefined));
    expect(issue).toMatchObject({
      code: "model.external",
      message: expect.stringContaining("files are not read here"),
    });
  });

  test("is checked by the command line, and run", async () => {
    const levels = async (model: string) => {
      const { terminal } = await call(folder, "prior", "check", model, "--json");
      return (JSON.parse(terminal.outLines[0] ?? "") as { levels: unknown[] }).levels;
    };
    const found = await levels("apart.onnx");
    expect(found.length).toBeGreaterThan(5);
    expect(found).toEqual(await levels(shipped));
    const prior = { type: "prior/onnx", v: 1, params: { model: "apart" } };
    const inputs = { x: { kind: "signal" }, prior: { kind: "prior", default: prior } };
    const outputs = { x0: "denoise.x0" };
    writeJson(folder, "one.json", { denoodle: 1, name: "one", inputs, graph, outputs, blocks: {} });
    writeFileSync(path.join(folder, "x.npy"), writeNpy(x));
    const { exit } = await runHere(folder, "one.json", "--in", "x=x.npy", "--out", "out");
    expect(exit).toBe(0);
    const x0 = readNpy(new Uint8Array(readFileSync(path.join(folder, "out/x0.npy"))));
    const whole = await denoised(await loadModel("whole", shipped));
    expect(Array.from(x0.data, Number)).toEqual(whole);
  });

  test("is refused by name where that file is missing", async () => {
    const moved = path.join(folder, "weights.bin");
    const bytes = readFileSync(moved);
    rmSync(moved);
    const [issue] = await issuesOf(() => loadModel("apart", file));
    writeFileSync(moved, bytes);
    expect(issue?.message).toContain("weights.bin");
  });
});
