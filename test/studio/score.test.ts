import { afterAll, expect, test } from "vitest";
import type { Document } from "../../runtime/graph/document.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { runOf, startStudio, type Kit } from "./kit.ts";

const kit: Kit = startStudio();
afterAll(() => kit.close());

const size = [2, 1, 16, 16];

/** Two pictures of one value each. */
const pictures = (first: number, second: number): TensorData => ({
  dtype: "float32",
  shape: size,
  data: Float32Array.from({ length: 512 }, (_, i) => (i < 256 ? first : second)),
});

const feeds = {
  image: { kind: "tensor" as const, data: pictures(0, 0) },
  restored: { kind: "tensor" as const, data: pictures(0.2, 0.02) },
  alone: { kind: "tensor" as const, data: pictures(0.5, 0.5) },
};

function graphWith(outputs: Record<string, string>): Document {
  const { document, issues } = readDocument({
    denoodle: 1,
    name: "Given pictures",
    inputs: {
      image: { kind: "signal" },
      restored: { kind: "signal" },
      alone: { kind: "signal" },
    },
    graph: {
      x: { type: "math/add", v: 1, in: { a: "@restored", b: "@image" } },
      first: { type: "math/add", v: 1, in: { a: "@alone", b: "@image" } },
    },
    outputs,
  });
  if (document === null) throw new Error(JSON.stringify(issues));
  return document;
}

test("a run that is done is scored against its image, and so is its baseline", async () => {
  const document = graphWith({ x0: "x.x", baseline: "first.x", image: "@image" });
  kit.send(runOf(1, { document, feeds, batch: null, options }));
  await kit.until(1, "done");
  kit.send({ type: "score", run: 1, ticket: 7 });
  const { ticket, restored, baseline } = await kit.until(1, "scored");
  expect(ticket).toBe(7);
  // The range of pictures is 2: 20 log10(2 / 0.2), 20 log10(2 / 0.02).
  expect(restored.psnr?.map((dB) => dB.toFixed(3))).toEqual(["20.000", "40.000"]);
  expect(baseline?.psnr?.map((dB) => dB.toFixed(3))).toEqual(["12.041", "12.041"]);
  expect(restored.ssim).toHaveLength(2);
});

test("without an image there is nothing to compare with, in words", async () => {
  const document = graphWith({ x0: "x.x" });
  kit.send(runOf(2, { document, feeds, batch: null, options }));
  await kit.until(2, "done");
  kit.send({ type: "score", run: 2, ticket: 8 });
  const { restored } = await kit.until(2, "scored");
  expect(restored).toEqual({
    leftOut: ["PSNR and SSIM are left out: there is no ground truth to compare with."],
  });
});

test("a run that stands still is not scored", async () => {
  kit.send(runOf(3, { options: { ...options, paused: true } }));
  await kit.until(3, "paused");
  kit.send({ type: "score", run: 3, ticket: 9 });
  const { ticket, issues } = await kit.until(3, "refused");
  expect({ ticket, code: issues[0]?.code }).toEqual({ ticket: 9, code: "score.not-done" });
});

const options = { backend: "cpu" as const, threads: 1, seed: 0, probes: [] };
