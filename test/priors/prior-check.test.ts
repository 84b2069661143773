import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { priorCheck } from "../../nodes/prior/check/prior-check.ts";
import { formatPriorCheck } from "../../cli/commands/prior-check/format.ts";
import type { Evaluate } from "../../nodes/prior/check/ask.ts";
import type { PartialParametrisation } from "../../nodes/prior/parametrisation.ts";
import type { DeviceTensor, Session } from "../../runtime/execute/backend.ts";
import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import { readNpy } from "../../runtime/tensor/npy.ts";
import { float32, type TensorData } from "../../runtime/tensor/tensor.ts";
import { fashionAsEps, fashionUntold } from "./redressed.ts";

const root = (path: string) =>
  new Uint8Array(readFileSync(new URL(`../../${path}`, import.meta.url)));
const fashion = root("models/fashion28.onnx");
const card: unknown = JSON.parse(Buffer.from(root("models/fashion28.json")).toString());

/** The first held-out pictures, [4,1,28,28] in [-1,1]. */
function heldOut(): TensorData {
  const bytes = readNpy(root("graphs/assets/fashion_test64.npy")).data as Uint8Array;
  return float32(
    Float32Array.from(bytes.subarray(0, 4 * 784), (v) => v / 127.5 - 1),
    [4, 1, 28, 28],
  );
}

const chosen = createNodeBackend("cpu", { threads: 1 });
const sessions = new Map<Uint8Array, Promise<Session>>();

const evaluate: Evaluate = async (model, feeds) => {
  const { backend } = await chosen;
  const session = sessions.get(model) ?? backend.createSession(model);
  sessions.set(model, session);
  const uploaded = Object.fromEntries(
    Object.entries(feeds).map(([name, data]) => [name, backend.upload(data)]),
  );
  const outputs = await (await session).run(uploaded);
  const read = async ([name, tensor]: [string, DeviceTensor]) =>
    [name, await backend.download(tensor)] as const;
  return Object.fromEntries(await Promise.all(Object.entries(outputs).map(read)));
};

const check = (bytes: Uint8Array, more: { card?: unknown; given?: PartialParametrisation } = {}) =>
  priorCheck({ name: "fashion28", bytes, evaluate, references: [heldOut()], ...more });

describe("prior check", () => {
  test("passes the shipped prior as its card says, at six levels or more", async () => {
    const report = await check(fashion, { card });
    expect(report.findings.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
    expect(report).toMatchObject({ passed: true, needs: [], synthetic: false, pictures: 4 });
    expect(report.levels.length).toBeGreaterThanOrEqual(6);
    expect(report.fits[0]?.text).toBe("x₀, VE, told σ");
    for (const { psnr, noisyPsnr } of report.levels) expect(psnr).toBeGreaterThan(noisyPsnr);
  });

  test("prints what was asked, every level and the verdict", async () => {
    const lines = formatPriorCheck(await check(fashion, { card }));
    expect(lines[0]).toMatch(
      /^fashion28: x float32 \[.*\], sigma float32 \[.*\] -> x0 float32 \[.*1\.4 million parameters$/,
    );
    expect(lines[1]).toBe("asked as: x₀, VE, told σ; tested on 4 reference pictures");
    expect(lines.filter((line) => /^( +-?[\d.]+){6}$/.test(line)).length).toBeGreaterThanOrEqual(6);
    expect(lines.at(-1)).toBe("fashion28: passed");
  });

  test("says of a network in disguise what it looks like, and what it does not", async () => {
    const disguised = fashionAsEps(fashion);
    const wrong = await check(disguised, {
      given: { predicts: "x0", process: "vp-discrete", conditioning: "index" },
    });
    expect(wrong.passed).toBe(false);
    expect(wrong.findings[0]?.message).toMatch(
      /^This network looks like: ε, discrete VP \(linear schedule\), told the index; not x₀, discrete VP/,
    );
    const right = await check(disguised, { given: wrong.suggestion ?? {} });
    expect(right.findings.filter(({ verdict }) => verdict === "fail")).toEqual([]);
    expect(right.passed).toBe(true);
  });

  test("asks for what nobody said, with the answer that fits best", async () => {
    const report = await check(fashionAsEps(fashion));
    expect(report.passed).toBe(false);
    expect(report.needs.map((need) => need.slice(0, 20))).toEqual([
      "needs: predicts: wha",
      "needs: process: whic",
      "needs: conditioning:",
    ]);
    expect(report.needs[0]).toMatch(/eps fits best\.$/);
    expect(report.suggestion).toMatchObject({
      predicts: "eps",
      process: "vp-discrete",
      conditioning: "index",
    });
  });

  test("makes up smooth signals where no picture fits", async () => {
    const report = await priorCheck({
      name: "fashion28",
      bytes: fashion,
      card,
      evaluate,
      references: [float32(new Float32Array(12), [1, 3, 2, 2])],
    });
    expect(report.synthetic).toBe(true);
    expect(report.fits[0]?.text).toBe("x₀, VE, told σ");
  });

  test("takes a network that is told nothing", async () => {
    const report = await check(fashionUntold(fashion), { given: { conditioning: "none" } });
    expect(report.needs.map((need) => need.slice(0, 15))).toEqual([
      "needs: predicts",
      "needs: process:",
    ]);
  });
});
