import path from "node:path";
import { describe, expect, test } from "vitest";
import { loadModel } from "../../cli/assets/source.ts";
import { readImage } from "../../cli/files/read-image.ts";
import { compile } from "../../runtime/compile/compile.ts";
import type { Feed } from "../../runtime/compile/slots.ts";
import type { Block, Document } from "../../runtime/graph/document.ts";
import { registry } from "../../nodes/index.ts";
import { cpu, doneOf, eventsOf, issuesOf, numbers } from "../engine/kit.ts";
import { graphsFolder, readShipped } from "./shipped.ts";

const samplers = path.join(graphsFolder, "samplers");
const model = path.join(graphsFolder, "../models/fashion28.onnx");

/** A shipped sampler whose data gradient is estimated instead. */
function withEstimate(document: Document, params: object): Document {
  const text = JSON.stringify(document.blocks["sgld"]?.graph);
  const graph = JSON.parse(
    text.replace('"type":"operator/data-gradient","v":1', () => {
      const node = JSON.stringify({ type: "gradient/estimate", v: 1, params });
      return node.slice(1, -1);
    }),
  ) as Block["graph"];
  const sgld = document.blocks["sgld"];
  if (sgld === undefined) throw new Error("the sampler has no such block");
  return { ...document, blocks: { ...document.blocks, sgld: { ...sgld, graph } } };
}

const node = (type: string, params: Readonly<Record<string, unknown>>): Feed => ({
  kind: "node",
  type,
  params,
});
const number = (value: number): Feed => ({ kind: "number", value });

/** The 28 px task with an operator of its own, and the measurement among the outputs. */
async function prepared(sampler: Document, operator: Feed, image: string) {
  const data = await readImage(path.join(graphsFolder, "assets", `${image}.png`));
  const compiled = compile({
    document: { ...sampler, outputs: { ...sampler.outputs, y: "@measurement" } },
    task: readShipped(path.join(graphsFolder, "tasks", "hdr-28.json")),
    feeds: {
      image: { kind: "tensor", data },
      operator,
      measurementNoiseStd: number(0.01),
      prior: node("prior/onnx", { model: "fashion28" }),
      schedule: node("schedule/poly", { steps: 16, sigmaMax: 1, sigmaMin: 0.05 }),
      // 1 + 784/64 times shorter than usual.
      relaxation: number(0.02),
    },
    batch: 1,
    registry,
    assets: {
      tensors: new Map(),
      models: new Map([["fashion28", await loadModel("fashion28", model)]]),
    },
  });
  return { compiled, clean: data.data as Float32Array };
}

const jpeg = node("operator/jpeg", { quality: 10 });

function psnr(x: readonly number[], clean: Float32Array): number {
  const error = x.map((v, i) => Math.min(1, Math.max(-1, v)) - clean[i]!);
  return 10 * Math.log10((4 * x.length) / error.reduce((sum, e) => sum + e * e, 0));
}

describe("an operator that is a black box", () => {
  const dpsMo = readShipped(path.join(samplers, "dps-mo.json"));

  test("is refused by a sampler that needs its gradient, at the node that asks", async () => {
    const [issue] = await issuesOf(() => prepared(dpsMo, jpeg, "fashion_0"));
    expect(issue).toMatchObject({
      code: "operator.lacks",
      message: "JPEG of quality 10 has no gradient.",
      at: { node: "anneal/sgld/chain/gradient" },
    });
    expect(issue?.fix).toContain("gradient/estimate can stand in the place");
  });

  test.each(["fashion_0", "fashion_3"])(
    "with an estimated gradient comes out of DPS-MO better than it was measured: %s",
    async (image) => {
      const sampler = withEstimate(dpsMo, { samples: 64, radius: 0.1 });
      const { compiled, clean } = await prepared(sampler, jpeg, image);
      const done = doneOf(await eventsOf(compiled, { backend: await cpu() }));
      const gain = psnr(numbers(done, "x0"), clean) - psnr(numbers(done, "y"), clean);
      expect(gain).toBeGreaterThan(0.7);
    },
  );
});
