import { readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { PriorAnswer, PriorQuestion } from "../../runtime/protocol/prior-check.ts";
import { gaussianNetwork } from "../priors/gaussian-network.ts";
import { startStudio, type Kit } from "./kit.ts";

const shape = [1, 3, 16, 16];
const betas = { kind: "linear", from: 1e-4, to: 2e-2, steps: 1000 } as const;
const right = { predicts: "eps", process: "vp-discrete", conditioning: "index" } as const;
const network = gaussianNetwork({
  asked: { ...right, betas },
  shape,
  timeDtype: "int64",
  learnedVariance: true,
});
const gaussian = { name: "gaussian.onnx", bytes: network.bytes, card: undefined };

let kit: Kit;
afterEach(() => kit.close());

let runs = 0;

type Answer<Q extends PriorQuestion> = Extract<PriorAnswer, { ask: Q }>;

async function ask<Q extends PriorQuestion>(
  question: Q,
  given: object = {},
  model: typeof gaussian | null = gaussian,
): Promise<Answer<Q>> {
  runs += 1;
  const options = { backend: "cpu", threads: 1 };
  kit.send({ type: "check", run: runs, ask: question, model, given, options });
  const { answer } = await kit.until(runs, "checked");
  return answer as Answer<Q>;
}

describe("a question about a prior", () => {
  test("reads a file without running it", async () => {
    kit = startStudio();
    const { signature, shapes, usual, names, issues, faults } = await ask("read");
    expect(signature.inputs.map(({ name, dtype }) => `${name} ${dtype}`)).toEqual([
      "x float32",
      "t int64",
    ]);
    expect(shapes).toEqual({ channels: 3, spatial: [16, 16], learnedVariance: true });
    expect(usual).toEqual(right);
    expect(names).toEqual({ input: "x", timeInput: "t", output: "y" });
    expect([issues, faults]).toEqual([[], []]);
  });

  test("reads that the shipped prior takes sizes of its multiple, without a card", async () => {
    kit = startStudio();
    const bytes = new Uint8Array(
      readFileSync(path.resolve(import.meta.dirname, "../../models/photo64.onnx")),
    );
    const { shapes, names } = await ask("read", {}, { ...gaussian, bytes });
    expect(shapes).toEqual({ channels: 3, multipleOf: 16 });
    expect(names).toMatchObject({ predicts: "x0", conditioning: "sigma" });
  });

  test("says which weights are not in the file", async () => {
    kit = startStudio();
    const bytes = new Uint8Array(
      readFileSync(path.resolve(import.meta.dirname, "../vjp/lists_and_outside.onnx")),
    );
    const { faults } = await ask("read", {}, { ...gaussian, bytes });
    expect(faults).toMatchObject([
      { code: "model.external", message: expect.stringContaining("lists_and_outside.onnx.data") },
    ]);
  });

  test("tells the right convention from a wrong one, of the model that was sent before", async () => {
    kit = startStudio();
    await ask("read");
    const good = await ask("test", right, null);
    const bad = await ask("test", { ...right, predicts: "x0" }, null);
    expect(good.levels.length).toBeGreaterThanOrEqual(6);
    const won = ({ levels }: typeof good) => levels.map(({ psnr, noisyPsnr }) => psnr - noisyPsnr);
    expect(Math.min(...won(good))).toBeGreaterThan(-0.01);
    expect(Math.min(...won(bad))).toBeLessThan(-5);
    expect(bad.findings.map(({ verdict }) => verdict)).toContain("fail");
    expect(good.samples.map(({ answer }) => answer.shape)).toEqual(
      good.samples.map(() => [1, 3, 16, 16]),
    );
  });

  test("ranks all conventions, and says where the one that was said stands", async () => {
    kit = startStudio();
    const { fits, findings, asked } = await ask("rank", { ...right, predicts: "v" });
    expect(fits[0]?.partial).toMatchObject(right);
    expect(fits.map(({ text }) => text)).toContain(asked);
    expect(findings).toMatchObject([{ verdict: "fail" }]);
    expect(fits[0]?.answer?.shape).toEqual(shape);
    const done = kit.eventsOf(runs).flatMap((e) => (e.type === "checking" ? [e.done] : []));
    expect(done).toEqual(done.map((_, i) => i));
  });

  test("is ended by a cancel; the next one is answered", async () => {
    kit = startStudio();
    runs += 1;
    const options = { backend: "cpu", threads: 1 };
    kit.send({ type: "check", run: runs, ask: "rank", model: gaussian, given: {}, options });
    await kit.until(runs, "checking");
    kit.send({ type: "cancel", run: runs });
    await expect(kit.until(runs, "checked")).rejects.toThrow("run.cancelled");
    expect(await ask("read", {}, null)).toMatchObject({ ask: "read" });
  });
});

test.each([
  ["no model", new Uint8Array([1, 2, 3]), {}, "model.unreadable"],
  ["a field that is none", network.bytes, { predicts: "nothing" }, "param.invalid"],
  ["a wrong name", network.bytes, { input: "z" }, "prior.network"],
])("a question about %s is refused in words", async (_, bytes, given, code) => {
  kit = startStudio();
  await expect(ask("test", given, { ...gaussian, bytes })).rejects.toThrow(code);
});

test("a question about the model before, where there is none, asks for it", async () => {
  kit = startStudio();
  await expect(ask("read", {}, null)).rejects.toThrow("check.no-model");
});
