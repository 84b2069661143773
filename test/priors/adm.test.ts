import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadModel } from "../../cli/assets/source.ts";
import type { Evaluate } from "../../nodes/prior/check/ask.ts";
import { priorCheck } from "../../nodes/prior/check/prior-check.ts";
import type { PartialParametrisation } from "../../nodes/prior/parametrisation.ts";
import { vjpProgram } from "../../runtime/autodiff/vjp-program.ts";
import type { Session } from "../../runtime/execute/backend.ts";
import { importModel } from "../../runtime/onnx/import-model.ts";
import { readModel } from "../../runtime/onnx/model.ts";
import { readNpz } from "../../runtime/tensor/npz.ts";
import { float32, int64, type TensorData } from "../../runtime/tensor/tensor.ts";
import { lowerProgram } from "../../runtime/trace/lower.ts";
import { runCase } from "../backends/run-case.ts";
import { cpu } from "../engine/kit.ts";
import { graphsFolder, readShipped } from "../graphs/shipped.ts";
import { replay } from "../vjp/replay.ts";
import { openProgram } from "../vjp/run-program.ts";

/** A trained ADM network of 16 x 16 pixels with its card, both written by models/adm/export.py: see adm.py. */
const file = (ending: string) => join(import.meta.dirname, `adm16.${ending}`);
const model = await loadModel("adm16", file("onnx"));
const pictures = readNpz(readFileSync(file("npz")))["pictures"] as TensorData;

const numbers = ({ data }: TensorData) => Array.from(data as ArrayLike<number>);

const sessions = new Map<Uint8Array, Promise<Session>>();

const evaluate: Evaluate = async (bytes, feeds) => {
  const backend = await cpu();
  const session = sessions.get(bytes) ?? backend.createSession(bytes);
  sessions.set(bytes, session);
  const fed = Object.entries(feeds).map(([name, data]) => [name, backend.upload(data)] as const);
  const outputs = Object.entries(await (await session).run(Object.fromEntries(fed)));
  const read = outputs.map(async ([name, data]) => [name, await backend.download(data)] as const);
  return Object.fromEntries(await Promise.all(read));
};

const check = (given: PartialParametrisation = {}) =>
  priorCheck({ ...model, evaluate, given, references: [pictures] });

test("its output and its gradient are those of PyTorch in float64", async () => {
  const { output, vjp } = await replay(file("onnx"), file("npz"));
  expect(output).toBeLessThan(1e-5);
  expect(vjp).toBeLessThan(1e-5);
});

describe("prior check", () => {
  test("passes it as its card says, on pictures that it was not trained on", async () => {
    const report = await check();
    expect(report.findings.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
    expect(report).toMatchObject({ passed: true, needs: [], synthetic: false, pictures: 4 });
    expect(report.asked).toBe("ε, discrete VP (linear schedule), told the index");
  });

  test("fails a card that says something else, and says what the network is", async () => {
    const report = await check({ predicts: "x0" });
    expect(report.passed).toBe(false);
    expect(report.findings[0]?.message).toMatch(
      /^This network looks like: ε, discrete VP \(linear schedule\), told the index; not x₀/,
    );
  });
});

/** Jᵀv of the predicted noise at x, straight from the file: nothing of priors and graphs is used. */
async function noiseGradient(x: TensorData, index: number, v: TensorData): Promise<number[]> {
  const shapes = { x: x.shape, t: [1] };
  const { program } = importModel(readModel(model.bytes), { shapes });
  const session = await openProgram(lowerProgram(vjpProgram(program)));
  const [samples = 1, channels = 3, ...size] = x.shape;
  const cotangent = [...numbers(v), ...numbers(v).map(() => 0)];
  const outputs = await session.run([
    x,
    int64([index], [1]),
    float32(cotangent, [samples, 2 * channels, ...size]),
  ]);
  await session.release();
  const gradient = outputs.at(-1);
  if (gradient === undefined) throw new Error("there is no gradient");
  return numbers(gradient);
}

test("C-PiGDM makes a step with its noise and the gradient of that", async () => {
  const picture = float32((pictures.data as Float32Array).slice(0, 3 * 256), [1, 3, 16, 16]);
  const report = await runCase(await cpu(), {
    name: "C-PiGDM on an ADM network",
    document: readShipped(join(graphsFolder, "samplers", "c-pigdm.json")),
    task: readShipped(join(graphsFolder, "tasks", "super-resolution-x4-noiseless-64.json")),
    feeds: {
      image: { kind: "tensor", data: picture },
      prior: { kind: "node", type: "prior/onnx", params: { model: "adm16" } },
      schedule: { kind: "node", type: "schedule/vp-linear", params: { steps: 1, timeMax: 0.4 } },
    },
    models: { adm16: model },
    probes: ["start.x", ...["residual.x", "jacobian.gradient"].map((at) => `reverse/step/${at}`)],
  });
  expect([report.nfe, report.vjpCalls]).toEqual([1, 1]);
  const probed = (name: string) => {
    const value = report.probes[name]?.[0];
    if (value === undefined) throw new Error(`${name} carried nothing`);
    return value;
  };
  const got = numbers(probed("reverse/step/jacobian.gradient"));
  // int(999 * 0.4)
  const wanted = await noiseGradient(probed("start.x"), 399, probed("reverse/step/residual.x"));
  const largest = Math.max(...wanted.map(Math.abs));
  expect(largest).toBeGreaterThan(0.01);
  got.forEach((value, i) =>
    expect(Math.abs(value - (wanted[i] ?? NaN))).toBeLessThan(1e-5 * largest),
  );
  const error = (values: readonly number[]) =>
    Math.sqrt(
      numbers(picture).reduce((sum, value, i) => sum + (value - (values[i] ?? NaN)) ** 2, 0),
    );
  expect(error(numbers(report.outputs["x0"] as TensorData))).toBeLessThan(
    error(numbers(probed("start.x"))),
  );
});
