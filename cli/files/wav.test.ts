import { writeFileSync } from "node:fs";
import { join } from "node:path";
// oxlint-disable-next-line import/default -- a CommonJS package: its types name no default
import wavefile from "wavefile";
import { expect, test } from "vitest";
import { IssueError } from "../../runtime/base/issue.ts";
import { newFolder } from "../../test/support/new-folder.ts";
import { readWav, writeWav } from "./wav.ts";

const folder = newFolder();

test("what is written is read again, to 16 bits", async () => {
  const path = join(folder, "a.wav");
  const wave = Float32Array.from({ length: 300 }, (_, i) => 0.7 * Math.sin(i / 5));
  wave[7] = 3;
  await writeWav(path, wave, 8000);
  const { tensor, sampleRate } = await readWav(path);
  expect([sampleRate, tensor.shape]).toEqual([8000, [1, 1, 300]]);
  wave[7] = 1;
  const apart = wave.map((v, i) => Math.abs(v - Number(tensor.data[i])));
  expect(Math.max(...apart)).toBeLessThan(1e-4);
});

test("channels become stems, of any bit depth", async () => {
  const path = join(folder, "b.wav");
  const file = new wavefile.WaveFile();
  file.fromScratch(2, 16000, "24", [
    [0, 2 ** 22, 0],
    [-(2 ** 21), 0, 2 ** 21],
  ]);
  writeFileSync(path, file.toBuffer());
  const { tensor, sampleRate } = await readWav(path);
  expect([sampleRate, tensor.shape]).toEqual([16000, [1, 2, 3]]);
  const expected = [0, 0.5, 0, -0.25, 0, 0.25];
  for (const [i, v] of expected.entries()) expect(Number(tensor.data[i])).toBeCloseTo(v, 5);
});

test("what is no WAV file is said to be none", async () => {
  const path = join(folder, "c.wav");
  writeFileSync(path, "not a sound");
  await expect(readWav(path)).rejects.toThrow(IssueError);
  await expect(readWav(path)).rejects.toThrow("no WAV file");
});
