import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { ModelProtoSchema, StringStringEntryProtoSchema, TensorProto_DataLocation } from "onnx-buf";
import { afterAll, describe, expect, test } from "vitest";
import { loadModel } from "../../cli/assets/source.ts";
import type { ModelAsset } from "../../runtime/graph/define-node.ts";
import { doneOf, eventsOf, compiled, issuesOf, numbers, tensorFeed } from "../engine/kit.ts";
import { float32 } from "../../runtime/tensor/tensor.ts";

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

async function denoised(model: ModelAsset): Promise<readonly number[]> {
  const x = float32(
    Float32Array.from({ length: 64 }, (_, i) => Math.sin(i)),
    [1, 1, 8, 8],
  );
  const graph = {
    level: { type: "schedule/level", v: 1, params: { sigma: 0.5 } },
    denoise: {
      type: "prior/denoise",
      v: 1,
      in: { prior: "@prior", x: "@x", level: "level.level" },
    },
  };
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

  test("is refused by name where that file is missing", async () => {
    const moved = path.join(folder, "weights.bin");
    const bytes = readFileSync(moved);
    rmSync(moved);
    const [issue] = await issuesOf(() => loadModel("apart", file));
    writeFileSync(moved, bytes);
    expect(issue?.message).toContain("weights.bin");
  });
});
