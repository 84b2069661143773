import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { expect, test } from "vitest";
import { type Damage, operatorOf } from "../../editor/restore/damage.ts";
import { maskNpy } from "../../editor/restore/mask-npy.ts";
import { restorationOf } from "../../editor/restore/restoration.ts";
import { restoringSamplers } from "../../editor/restore/samplers.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { writeDocument } from "../../runtime/graph/write.ts";
import { readNpy } from "../../runtime/tensor/npy.ts";
import { newFolder } from "../support/new-folder.ts";
import { runHere } from "./support/try-run.ts";

const shipped = (path: string) => fileURLToPath(new URL(`../../graphs/${path}`, import.meta.url));

/** A photo of 32 × 32 pixels, or what a camera with larger pixels makes of it. */
async function photoIn(folder: string, damage: Damage) {
  const side = damage.kind === "small" ? 32 / damage.factor : 32;
  const photo = await sharp(shipped("assets/chelsea_64.png")).resize(side, side).png().toBuffer();
  writeFileSync(join(folder, "cat.png"), photo);
  const missing = Uint8Array.from({ length: side * side }, (_, i) => (i % 32 < 8 ? 1 : 0));
  const fit = { width: side, height: side, crop: { left: 0, top: 0, width: side, height: side } };
  writeFileSync(join(folder, "cat-mask.npy"), maskNpy(missing, fit));
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(photo));
  return { name: "cat.png", sha256: Buffer.from(digest).toString("hex") };
}

const damages: readonly Damage[] = [
  { kind: "missing" },
  { kind: "small", factor: 4 },
  { kind: "blurred", std: 1.5 },
  { kind: "noisy" },
];
const pairs = restoringSamplers.flatMap(({ name }) => damages.map((each) => [name, each] as const));

test.each(pairs)("%s restores a photo of the editor, headless, for %j", async (name, damage) => {
  const folder = newFolder();
  const photo = await photoIn(folder, damage);
  const { document: sampler } = readDocument(
    readFileSync(shipped(`samplers/${name}.json`), "utf8"),
  );
  if (sampler === null) throw new Error(`no sampler ${name}`);
  const document = restorationOf(sampler, {
    name: "Cat, restored",
    photo,
    operator: operatorOf(damage, "cat-mask.npy"),
    noiseStd: 0.03,
    model: "photo64",
    steps: 2,
  });
  writeFileSync(join(folder, "restored.json"), writeDocument(document));
  const { exit, terminal } = await runHere(folder, "restored.json", "--out", "out");
  expect(terminal.errLines).toEqual([]);
  expect(exit).toBe(0);
  expect(terminal.outLines.join("\n")).toContain("PSNR and SSIM are left out");
  const x0 = readNpy(readFileSync(join(folder, "out", "x0.npy")));
  expect(x0.shape).toEqual([1, 3, 32, 32]);
  expect([...x0.data].every((value) => Number.isFinite(Number(value)))).toBe(true);
  const { width, height } = await sharp(join(folder, "out", "x0.png")).metadata();
  expect([width, height]).toEqual([32, 32]);
});
