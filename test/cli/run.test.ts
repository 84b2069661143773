import { mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { sideBySide } from "../../cli/files/side-by-side.ts";
import { writeNpz } from "../../runtime/tensor/npz.ts";
import { float32 } from "../../runtime/tensor/tensor.ts";
import { drift, scanned } from "./support/graphs.ts";
import { newFolder } from "../support/new-folder.ts";
import { filesIn, runHere, writeArray, writeJson } from "./support/try-run.ts";

const record = (folder: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(folder, "run.json"), "utf8")) as Record<string, unknown>;
const bits = (folder: string): Buffer => readFileSync(join(folder, "x0.npy"));

function driftFolder(): string {
  const folder = newFolder();
  writeJson(folder, "drift.json", drift(5));
  writeArray(folder, "image.npy", [1, 3, 16, 16]);
  return folder;
}
const args = ["drift.json", "--in", "image=image.npy", "--backend", "cpu"];

describe("denoodle run", () => {
  test("writes pictures, arrays and the record, and says how good the result is", async () => {
    const folder = driftFolder();
    const { exit, terminal } = await runHere(folder, ...args, "--out", "here", "--seed", "7");
    expect(exit).toBe(0);
    expect(filesIn(join(folder, "here"))).toEqual([
      "comparison.png",
      "image.npy",
      "image.png",
      "inputs",
      "run.json",
      "x0.npy",
      "x0.png",
    ]);
    const { status, seed, metrics, graph, versions } = record(join(folder, "here"));
    expect({ status, seed }).toEqual({ status: "done", seed: 7 });
    expect(metrics).toMatchObject({ psnr: [expect.any(Number)], ssim: [expect.any(Number)] });
    expect(graph).toMatchObject({
      file: "drift.json",
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(versions).toMatchObject({ onnxruntime: "1.30.0" });
    expect(terminal.outLines[0]).toMatch(/^restored  PSNR [\d.]+ dB, SSIM [-\d.]+$/);
    expect(filesIn(folder)).toEqual(["drift.json", "here", "image.npy"]);
  });

  test("runs on the cpu unless told otherwise, and says nothing of other backends", async () => {
    const folder = driftFolder();
    const { terminal } = await runHere(folder, ...args.slice(0, 3), "--out", "a");
    expect(record(join(folder, "a"))["backend"]).toMatchObject({ wanted: "cpu", used: "cpu" });
    expect(terminal.errLines).toEqual([]);
    expect(terminal.outLines.join("\n")).not.toMatch(/webgpu|Running on/);
    const asked = await runHere(folder, ...args, "--out", "b");
    expect(asked.terminal.outLines.join("\n")).toContain("Running on the cpu");
  });

  test("takes a shipped picture by its name", async () => {
    const folder = driftFolder();
    const { codes } = await runHere(folder, "drift.json", "--in", "image=fashion_0", "--out", "a");
    expect(codes).toEqual([]);
    expect(filesIn(join(folder, "a"))).toContain("image.png");
  });

  test("gives the same bits for the same seed, others for another", async () => {
    const folder = driftFolder();
    await runHere(folder, ...args, "--out", "a", "--seed", "1");
    await runHere(folder, ...args, "--out", "b", "--seed", "1");
    await runHere(folder, ...args, "--out", "c", "--seed", "2");
    expect(bits(join(folder, "b"))).toEqual(bits(join(folder, "a")));
    expect(bits(join(folder, "c"))).not.toEqual(bits(join(folder, "a")));
  });

  test("draws for a sample the same noise alone and in a batch", async () => {
    const folder = driftFolder();
    await runHere(folder, ...args, "--out", "one");
    await runHere(folder, ...args, "--out", "three", "--samples", "3");
    const one = bits(join(folder, "one"));
    const three = bits(join(folder, "three"));
    const bytes = 4 * 3 * 16 * 16;
    expect(three.length).toBe(one.length + 2 * bytes);
    expect(three.subarray(-3 * bytes, -2 * bytes)).toEqual(one.subarray(-bytes));
    expect(record(join(folder, "three"))["samples"]).toEqual([0, 1, 2]);
    expect(filesIn(join(folder, "three"))).toContain("x0-3.png");
  });

  test("sets numbers of inputs and params of nodes by the end of their path", async () => {
    const folder = driftFolder();
    await runHere(folder, ...args, "--out", "a", "--with", "gain=0");
    expect(record(join(folder, "a"))["metrics"]).toMatchObject({ psnr: [120] });
    const { terminal } = await runHere(
      folder,
      ...args,
      "--json",
      "--set",
      "loop.count=2",
      "--out",
      "b",
    );
    const steps = terminal.outLines.filter((line) => line.includes('"type":"step"'));
    expect(steps).toHaveLength(2);
  });

  test("prints events as lines of JSON, the last saying where the results are", async () => {
    const folder = driftFolder();
    const { terminal } = await runHere(folder, ...args, "--json", "--out", "a");
    const lines = terminal.outLines.map((line) => JSON.parse(line) as { type: string });
    expect(lines[0]?.type).toBe("started");
    expect(lines.at(-1)).toMatchObject({ type: "end", status: "done", out: join(folder, "a") });
  });

  test("goes on from a checkpoint to the same bits", async () => {
    const folder = driftFolder();
    await runHere(folder, ...args, "--out", "whole");
    await runHere(
      folder,
      ...args,
      "--out",
      "first",
      "--set",
      "loop.count=5",
      "--checkpoint",
      "c.bin",
    );
    const { exit } = await runHere(
      folder,
      ...args,
      "--out",
      "rest",
      "--set",
      "loop.count=5",
      "--resume",
      "c.bin",
    );
    expect(exit).toBe(0);
    expect(bits(join(folder, "rest"))).toEqual(bits(join(folder, "whole")));
  });

  test("keeps the scans from before the checkpoint in the record of the run that went on", async () => {
    const folder = driftFolder();
    writeJson(folder, "drift.json", scanned(5));
    await runHere(folder, ...args, "--out", "whole", "--checkpoint", "c.bin");
    const { scans: whole } = record(join(folder, "whole"));
    expect(whole).toEqual({ "loop.sums": [0, 1, 3, 6, 10] });
    await runHere(folder, ...args, "--out", "rest", "--resume", "c.bin");
    const { scans, steps } = record(join(folder, "rest"));
    expect({ scans, steps }).toEqual({ scans: whole, steps: { done: 5, count: 5 } });
  });

  test("refuses a checkpoint of another backend, and goes on there with auto", async () => {
    const folder = driftFolder();
    await runHere(folder, ...args, "--out", "first", "--checkpoint", "c.bin");
    const other = await runHere(
      folder,
      ...args.slice(0, 3),
      "--backend",
      "cuda",
      "--resume",
      "c.bin",
    );
    expect(other.codes).toEqual(["checkpoint.run"]);
    expect(other.issues[0]).toContain("on cpu");
    const auto = await runHere(
      folder,
      ...args.slice(0, 3),
      "--backend",
      "auto",
      "--resume",
      "c.bin",
    );
    expect([auto.exit, auto.terminal.errLines]).toEqual([0, []]);
  });

  test("refuses a checkpoint of another run, and what is no checkpoint", async () => {
    const folder = driftFolder();
    await runHere(folder, ...args, "--out", "first", "--checkpoint", "c.bin");
    const other = await runHere(folder, ...args, "--seed", "9", "--resume", "c.bin");
    expect(other.codes).toEqual(["checkpoint.run"]);
    const none = await runHere(folder, ...args, "--resume", "image.npy");
    expect(none.codes).toEqual(["checkpoint.file"]);
  });

  test("takes its noise from a tape, and says when the tape is too short", async () => {
    const folder = driftFolder();
    const zeros = (draws: number) =>
      writeNpz({ "loop/fresh": float32(new Float32Array(draws * 768), [draws, 3, 16, 16]) });
    writeFileSync(join(folder, "five.npz"), zeros(5));
    writeFileSync(join(folder, "two.npz"), zeros(2));
    const { exit } = await runHere(folder, ...args, "--tape", "five.npz", "--out", "a");
    expect(exit).toBe(0);
    const short = await runHere(folder, ...args, "--tape", "two.npz", "--out", "b");
    expect(short.codes).toEqual(["tape.exhausted"]);
    expect(filesIn(folder)).not.toContain("b");
  });

  test("keeps the values of a probed wire, and changes no bit by it", async () => {
    const folder = driftFolder();
    await runHere(folder, ...args, "--out", "a");
    await runHere(folder, ...args, "--out", "b", "--probe", "mix");
    expect(filesIn(join(folder, "b", "probes"))).toEqual(["loop-mix.x.npy"]);
    expect(bits(join(folder, "b"))).toEqual(bits(join(folder, "a")));
  });

  test("repeats an earlier run from its folder to the same bits, and refuses to change it", async () => {
    const folder = driftFolder();
    const settings = [
      "--seed",
      "4",
      "--samples",
      "2",
      "--with",
      "gain=0.3",
      "--set",
      "loop.count=3",
    ];
    await runHere(folder, ...args, ...settings, "--out", "a");
    unlinkSync(join(folder, "drift.json"));
    unlinkSync(join(folder, "image.npy"));
    const { exit, terminal } = await runHere(folder, "a", "--out", "b");
    expect(exit).toBe(0);
    expect(terminal.errLines).toEqual([
      "note a holds a run of drift, which is run again as it was. [run.repeated]",
    ]);
    expect(bits(join(folder, "b"))).toEqual(bits(join(folder, "a")));
    await expect(runHere(folder, "a/run.json", "--seed", "1")).rejects.toThrow(
      "--seed cannot be given",
    );
  });

  test("repeats the probes of an earlier run too, and those that are given with it", async () => {
    const folder = driftFolder();
    await runHere(folder, ...args, "--probe", "mix", "--out", "a");
    await runHere(folder, "a", "--out", "b", "--probe", "fresh", "--probe", "loop/mix.x");
    const kept = (name: string) => filesIn(join(folder, name, "probes"));
    expect([kept("a"), kept("b")]).toEqual([
      ["loop-mix.x.npy"],
      ["loop-fresh.x.npy", "loop-mix.x.npy"],
    ]);
    const mix = (name: string) => readFileSync(join(folder, name, "probes", "loop-mix.x.npy"));
    expect(mix("b")).toEqual(mix("a"));
  });

  test("warns once of a picture that is transparent in parts, naming it", async () => {
    const folder = driftFolder();
    const picture = (alpha: number) =>
      sharp({
        create: { width: 16, height: 16, channels: 4, background: { r: 9, g: 9, b: 9, alpha } },
      }).png();
    await picture(0.5).toFile(join(folder, "glass.png"));
    await picture(1).toFile(join(folder, "wall.png"));
    const said = async (image: string) =>
      (await runHere(folder, "drift.json", "--in", `image=${image}`, "--out", "a")).terminal
        .errLines;
    expect(await said("glass.png")).toEqual([
      expect.stringMatching(
        /^warning .*glass\.png: The picture is transparent in parts, which become black\..*\[image\.transparent\]$/,
      ),
    ]);
    expect(await said("wall.png")).toEqual([]);
    const graph = drift(2) as Record<string, object>;
    const image = { kind: "signal", default: { asset: "glass.png" } };
    writeJson(folder, "drift.json", { ...graph, inputs: { ...graph["inputs"], image } });
    const { terminal } = await runHere(folder, "drift.json", "--out", "a");
    expect(terminal.errLines).toEqual([expect.stringContaining("glass.png: The picture is")]);
  });

  test("fails where an output of a graph without zones is NaN, and keeps what there is", async () => {
    const folder = driftFolder();
    const text = { expression: "sqrt(x - 1)" };
    const graph = { root: { type: "math/expression", v: 1, params: text, in: { x: "@image" } } };
    writeJson(folder, "nan.json", {
      denoodle: 1,
      name: "nan",
      inputs: { image: { kind: "signal" } },
      graph,
      outputs: { x0: "root.x" },
    });
    const { exit, terminal } = await runHere(folder, "nan.json", ...args.slice(1), "--out", "a");
    expect(exit).toBe(3);
    expect(terminal.errLines).toEqual([
      expect.stringMatching(/outputs\.x0: The output x0 holds 768 values .*\[run\.not-finite\]/),
    ]);
    expect(record(join(folder, "a"))).toMatchObject({
      status: "failed",
      issues: [{ code: "run.not-finite" }],
    });
  });

  test("replaces an earlier run, but no other folder", async () => {
    const folder = driftFolder();
    await runHere(folder, ...args, "--out", "a");
    expect((await runHere(folder, ...args, "--out", "a")).exit).toBe(0);
    expect((await runHere(folder, ...args, "--out", ".")).codes).toEqual(["out.taken"]);
    expect(filesIn(folder)).toEqual(["a", "drift.json", "image.npy"]);
  });
});

describe("the baseline", () => {
  const quick = ["--set", "schedule.steps=2", "--with", "innerSteps=1", "--out", "a"];
  const psnr = (folder: string, of: "baseline" | "metrics") =>
    (record(join(folder, "a"))[of] as { psnr: readonly number[] }).psnr[0];

  test("is scored beside the result, printed, recorded and shown", async () => {
    const folder = newFolder();
    const sr = ["dps-mo", "--task", "super-resolution-x4-64", ...quick];
    const { terminal } = await runHere(folder, ...sr);
    expect(terminal.outLines.slice(0, 2)).toEqual([
      expect.stringMatching(/^restored {2}PSNR [\d.]+ dB, SSIM [-\d.]+$/),
      expect.stringMatching(/^baseline {2}PSNR 23\.\d\d dB, SSIM 0\.5\d\d$/),
    ]);
    expect(psnr(folder, "baseline")).toBeCloseTo(23.09, 1);
    expect(filesIn(join(folder, "a"))).toContain("baseline.png");
    const { width } = await sharp(join(folder, "a", "comparison.png")).metadata();
    expect(width).toBeGreaterThan(4 * 256);
  });

  test("is of the run's own operator and measurement, whatever the task says", async () => {
    const folder = newFolder();
    await runHere(folder, "dps-mo", "--with", "operator=operator/hdr", ...quick);
    const hdr = psnr(folder, "baseline");
    await runHere(folder, "dps-mo", ...quick);
    expect(hdr).not.toBe(psnr(folder, "baseline"));
    expect(hdr).toBeCloseTo(27.49, 1);
  });

  test("is the graph's own output of that name, where it has one", async () => {
    const folder = driftFolder();
    const graph = drift(2) as Record<string, unknown>;
    const outputs = { x0: "loop.x0", image: "@image", baseline: "@image" };
    writeJson(folder, "drift.json", { ...graph, outputs });
    await runHere(folder, ...args, "--out", "a");
    expect(psnr(folder, "baseline")).toBe(120);
  });

  test("is of the measurement's noise on the tape, and needs none of the sampler's", async () => {
    const folder = newFolder();
    const zeros = float32(new Float32Array(3 * 64 * 64), [1, 3, 64, 64]);
    writeFileSync(join(folder, "t.npz"), writeNpz({ "task/measure": zeros, start: zeros }));
    const blur = ["dps-mo", "--task", "gaussian-deblurring-64", ...quick];
    const { codes } = await runHere(folder, ...blur, "--tape", "t.npz");
    expect(codes).toEqual([]);
    const file = (name: string) => readFileSync(join(folder, "a", `${name}.npy`));
    expect(file("baseline")).toEqual(file("measurement"));
  });

  test("is left out where nothing is measured", async () => {
    const folder = driftFolder();
    await runHere(folder, ...args, "--out", "a");
    expect(record(join(folder, "a"))).toMatchObject({ baseline: null, leftOut: [] });
  });
});

test("a folder of results may have the name of a shipped graph or task", async () => {
  const folder = newFolder();
  for (const name of ["dps-mo", "super-resolution-x4-64"]) mkdirSync(join(folder, name));
  const { codes } = await runHere(
    folder,
    "dps-mo",
    "--task",
    "super-resolution-x4-64",
    "--set",
    "schedule.steps=2",
    "--out",
    "a",
  );
  expect(codes).toEqual([]);
});

test("a real measurement without ground truth runs, and says what is left out", async () => {
  const folder = newFolder();
  writeArray(folder, "y.npy", [1, 3, 16, 16], 0.1);
  const { exit, terminal } = await runHere(
    folder,
    "dps-mo",
    "--task",
    "super-resolution-x4-64",
    "--in",
    "measurement=y.npy",
    "--set",
    "schedule.steps=2",
    "--with",
    "innerSteps=1",
    "--out",
    "a",
  );
  expect(exit).toBe(0);
  expect(terminal.outLines.join("\n")).toContain("there is no ground truth");
  expect(terminal.errLines).toEqual([expect.stringMatching(/^note outputs\.image: .*left-out\]$/)]);
  expect(filesIn(join(folder, "a"))).toContain("x0.png");
  const { width } = await sharp(join(folder, "a", "comparison.png")).metadata();
  const { width: ofOne } = await sharp(
    Buffer.from(await sideBySide([float32(new Float32Array(3 * 64 * 64), [1, 3, 64, 64])])),
  ).metadata();
  expect(width).toBeGreaterThan(1.5 * ofOne);
  expect(record(join(folder, "a"))["metrics"]).toEqual({});
});

test("a graph with a ground truth but no output x0 runs, and says what is left out", async () => {
  const folder = driftFolder();
  const graph = drift(2) as Record<string, unknown>;
  writeJson(folder, "drift.json", { ...graph, outputs: { y: "loop.x0", image: "@image" } });
  const { exit, terminal } = await runHere(folder, ...args, "--out", "a");
  const sentence = "PSNR and SSIM are left out: the graph has no output named x0.";
  expect(exit).toBe(0);
  expect(terminal.outLines).toContain(sentence);
  expect(record(join(folder, "a"))["leftOut"]).toEqual([sentence]);
});

test("warns of a signal that is not in [-1,1], and of a result that ran away", async () => {
  const folder = driftFolder();
  const ranges = async (value: number) => {
    writeArray(folder, "image.npy", [1, 3, 16, 16], value);
    const { exit, terminal } = await runHere(folder, ...args, "--with", "gain=0", "--out", "a");
    expect(exit).toBe(0);
    const warnings = record(join(folder, "a"))["warnings"] as readonly { readonly code: string }[];
    return { codes: warnings.map(({ code }) => code), text: terminal.errLines.join("\n") };
  };
  expect(await ranges(1.4)).toEqual({ codes: [], text: "" });
  expect((await ranges(50)).codes).toEqual(["input.range"]);
  const { codes, text } = await ranges(255);
  expect(codes).toEqual(["input.range", "output.range", "output.range"]);
  expect(text).toContain("values from 255 to 255; signals are in [-1,1]");
});
