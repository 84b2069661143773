import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readWav, writeWav } from "../../cli/files/wav.ts";
import { readNpy } from "../../runtime/tensor/npy.ts";
import { readManifest } from "../golden/manifest.ts";
import { prepareCase } from "../golden/replay.ts";
import { writeCase } from "../golden/write-case.ts";
import { newFolder } from "../support/new-folder.ts";
import { filesIn, runHere, writeJson } from "./support/try-run.ts";

const dev = join(import.meta.dirname, "../golden/dev");
const stems = ["bass", "drums", "guitar", "piano"];

/** The authors' separation with a toy prior, whose card says that it is about sound. */
function separation(): string {
  const folder = newFolder();
  const golden = readManifest(dev).find(({ id }) => id === "music_separation");
  if (golden === undefined) throw new Error("music_separation is missing");
  writeCase(folder, prepareCase(dev, golden));
  writeJson(folder, "prior.json", { sampleRate: 8000, stems });
  return folder;
}

test("a separation writes a WAV file a stem and says how much better each is than the mixture", async () => {
  const folder = separation();
  const { exit, terminal } = await runHere(
    folder,
    "projdiff-music",
    "--task=task.json",
    "--tape=tape.npz",
    "--out=result",
  );
  expect(exit).toBe(0);
  const result = join(folder, "result");
  for (const stem of stems) expect(filesIn(result)).toContain(`x0-${stem}.wav`);
  const { tensor, sampleRate } = await readWav(join(result, "x0-guitar.wav"));
  expect(sampleRate).toBe(8000);
  const exact = readNpy(readFileSync(join(result, "x0.npy")));
  for (let i = 0; i < 256; i += 1)
    expect(Number(tensor.data[i])).toBeCloseTo(Number(exact.data[2 * 256 + i]), 4);
  const record = JSON.parse(readFileSync(join(result, "run.json"), "utf8")) as {
    readonly metrics: { readonly siSdr: Readonly<Record<string, readonly number[]>> };
  };
  expect(Object.keys(record.metrics.siSdr)).toEqual(stems);
  expect(terminal.outLines.join("\n")).toMatch(/SI-SDRi {3}bass -?[\d.]+ dB/);
});

test("a mixture is read from a WAV file", async () => {
  const folder = separation();
  const wave = Float32Array.from({ length: 256 }, (_, i) => 0.4 * Math.sin(i / 3));
  await writeWav(join(folder, "mix.wav"), wave, 8000);
  const { exit } = await runHere(
    folder,
    "projdiff-music",
    "--task=none",
    "--in=measurement=mix.wav",
    "--with=operator=operator/mixture:stems=4",
    "--with=prior=prior/onnx:model=prior.onnx",
    "--with=schedule=schedule/poly:steps=3,sigmaMax=1,sigmaMin=0.001",
    "--out=result",
  );
  expect(exit).toBe(0);
  const { data } = readNpy(readFileSync(join(folder, "result", "x0.npy")));
  // The stems add up to what was given.
  for (let i = 0; i < 256; i += 1) {
    const sum = [0, 1, 2, 3].reduce((total, stem) => total + Number(data[stem * 256 + i]), 0);
    expect(sum).toBeCloseTo(wave[i] ?? 0, 3);
  }
});

test("the shipped prior takes the shipped piece apart, every stem better than the mixture", async () => {
  const folder = newFolder();
  const { exit, terminal } = await runHere(
    folder,
    "projdiff-music",
    "--with=schedule=schedule/poly:steps=12,sigmaMax=1,sigmaMin=0.001",
    "--out=result",
  );
  expect(exit).toBe(0);
  const said = terminal.outLines.find((line) => line.startsWith("SI-SDRi")) ?? "";
  for (const stem of stems)
    expect(Number(new RegExp(`${stem} (-?[\\d.]+) dB`).exec(said)?.[1]), stem).toBeGreaterThan(1.5);
});
