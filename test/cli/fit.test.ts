import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { readNpy } from "../../runtime/tensor/npy.ts";
import { drift } from "./support/graphs.ts";
import { newFolder } from "../support/new-folder.ts";
import { runHere, writeArray, writeJson } from "./support/try-run.ts";

const quick = ["--set", "schedule.steps=2", "--with", "innerSteps=1", "--out", "a"];
const sr = ["dps-mo", "--task", "super-resolution-x4-64", ...quick];

const shapeOf = (folder: string, file: string) =>
  readNpy(readFileSync(join(folder, "a", `${file}.npy`))).shape;

/** A folder with photo.png of 70 by 50 pixels (height 50). */
async function photoFolder(): Promise<string> {
  const folder = newFolder();
  const photo = sharp({ create: { width: 70, height: 50, channels: 3, background: "#864" } });
  writeFileSync(join(folder, "photo.png"), await photo.png().toBuffer());
  return folder;
}

describe("a picture of a size that the prior does not take", () => {
  test("is refused with the sizes that it can be made, and how", async () => {
    const folder = await photoFolder();
    const { exit, codes, fixes } = await runHere(
      folder,
      "dps-mo",
      ...quick,
      "--in",
      "image=photo.png",
    );
    expect({ exit, codes }).toEqual({ exit: 1, codes: ["prior.shape"] });
    for (const text of [
      "--fit crop makes it 48 x 64",
      "--fit pad makes it 64 x 80",
      "--fit resize makes it 48 x 64",
    ])
      expect(fixes[0]).toContain(text);
  });

  const fits: Readonly<Record<string, readonly number[]>> = {
    crop: [48, 64],
    pad: [64, 80],
    resize: [48, 64],
    "crop:32": [32, 32],
    "resize:32x64": [32, 64],
  };
  for (const [fit, size] of Object.entries(fits))
    test(`runs with --fit ${fit}, which is noted, recorded and repeated`, async () => {
      const folder = await photoFolder();
      const given = ["--in", "image=photo.png", "--fit", fit];
      const { codes, terminal } = await runHere(folder, "dps-mo", ...quick, ...given);
      expect(codes).toEqual([]);
      expect(shapeOf(folder, "x0")).toEqual([1, 3, ...size]);
      expect(shapeOf(folder, "inputs/image")).toEqual([1, 3, ...size]);
      expect(terminal.errLines).toEqual([
        expect.stringMatching(/^note photo\.png: .*\[1,3,50,70\] is made/),
      ]);
      const first = readFileSync(join(folder, "a", "x0.npy"));
      await runHere(folder, "a", "--out", "b");
      expect(readFileSync(join(folder, "b", "x0.npy"))).toEqual(first);
    });

  test("is told when it cannot be made", async () => {
    const folder = await photoFolder();
    const large = await runHere(
      folder,
      "dps-mo",
      ...quick,
      "--in",
      "image=photo.png",
      "--fit",
      "crop:99",
    );
    expect(large.codes).toEqual(["image.fit"]);
    const fashion = ["dps-mo", "--task", "box-inpainting-28", ...quick, "--in", "image=photo.png"];
    const pad = await runHere(folder, ...fashion, "--fit", "pad");
    expect(pad.codes).toEqual(["fit.size"]);
    expect((await runHere(folder, ...fashion, "--fit", "resize")).codes).toEqual([]);
    expect(shapeOf(folder, "x0")).toEqual([1, 1, 28, 28]);
  });
});

test("a measurement is fitted so that the prior takes its signal", async () => {
  const folder = await photoFolder();
  const given = [...sr, "--in", "measurement=photo.png"];
  expect((await runHere(folder, ...given)).codes).toEqual(["prior.shape"]);
  expect((await runHere(folder, ...given, "--fit", "crop")).codes).toEqual([]);
  expect(shapeOf(folder, "inputs/measurement")).toEqual([1, 3, 48, 68]);
  expect(shapeOf(folder, "x0")).toEqual([1, 3, 192, 272]);
});

describe("a picture of other channels", () => {
  test("is refused in a sentence that says so and what helps, and is converted by --fit", async () => {
    const folder = newFolder();
    writeArray(folder, "grey.npy", [1, 1, 64, 64]);
    const given = ["dps-mo", ...quick, "--in", "image=grey.npy"];
    const { codes, issues, fixes } = await runHere(folder, ...given);
    expect(codes).toEqual(["prior.shape"]);
    expect(issues[0]).toContain("takes 3 channels, the signal [1,64,64] has 1");
    expect(fixes[0]).toContain("Give a colour picture, or --fit crop");
    expect((await runHere(folder, ...given, "--fit", "crop")).codes).toEqual([]);
    expect(shapeOf(folder, "x0")).toEqual([1, 3, 64, 64]);
  });
});

describe("an array without an axis that counts samples", () => {
  test("is one sample, and that is said", async () => {
    const folder = newFolder();
    writeArray(folder, "y.npy", [3, 16, 16]);
    const { codes, terminal } = await runHere(folder, ...sr, "--in", "measurement=y.npy");
    expect(codes).toEqual([]);
    expect(shapeOf(folder, "x0")).toEqual([1, 3, 64, 64]);
    const said = terminal.errLines.filter((line) => line.includes("counts samples"));
    expect(said).toEqual([expect.stringContaining("it is taken as [1,3,16,16]")]);
  });

  test("and without channels is grey", async () => {
    const folder = newFolder();
    writeArray(folder, "grey.npy", [28, 28]);
    const fashion = ["dps-mo", "--task", "box-inpainting-28", ...quick, "--in", "image=grey.npy"];
    expect((await runHere(folder, ...fashion)).codes).toEqual([]);
    expect(shapeOf(folder, "x0")).toEqual([1, 1, 28, 28]);
  });

  test("stays as it is where no prior says how many axes there are", async () => {
    const folder = newFolder();
    writeJson(folder, "drift.json", drift(2));
    writeArray(folder, "two.npy", [2, 5, 7]);
    const { codes, terminal } = await runHere(
      folder,
      "drift.json",
      "--in",
      "image=two.npy",
      "--out",
      "a",
    );
    expect({ codes, said: terminal.errLines }).toEqual({ codes: [], said: [] });
    expect(shapeOf(folder, "x0")).toEqual([2, 5, 7]);
  });
});

test("a checkpoint of a picture that was fitted otherwise is of another run", async () => {
  const folder = await photoFolder();
  const given = ["dps-mo", ...quick, "--in", "image=photo.png"];
  await runHere(folder, ...given, "--fit", "crop", "--checkpoint", "c.bin");
  const other = await runHere(folder, ...given, "--fit", "pad", "--resume", "c.bin");
  expect(other.codes).toEqual(["checkpoint.run"]);
  expect((await runHere(folder, ...given, "--fit", "crop", "--resume", "c.bin")).codes).toEqual([]);
});
