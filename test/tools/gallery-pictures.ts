import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { readDocument } from "../../runtime/graph/read.ts";
import { readNpy } from "../../runtime/tensor/npy.ts";
import { scatterPicture, tracesPicture, wiringPicture } from "./gallery-drawings.ts";

/** Draws the gallery's pictures: what each shipped graph made of its own task when it ran, or its wiring where it does not run. */

const root = new URL("../..", import.meta.url).pathname;
const pictures = join(root, "graphs/pictures");
const mostBytes = 12 * 1024;
/** Both halves of a picture, side by side, and the border between them. */
const size = { width: 194, height: 96, half: 96 };

type Outcome = {
  readonly picture: Buffer;
  readonly command: string;
  readonly nfe?: number;
  readonly vjpCalls?: number;
  readonly metrics?: unknown;
};

async function main(wanted: readonly string[]): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  const file = join(pictures, "PROVENANCE.json");
  const provenance = readProvenance(file);
  for (const folder of ["samplers", "tasks", "blocks", "examples"]) {
    for (const path of graphsIn(folder)) {
      const name = basename(path, ".json");
      if (wanted.length > 0 && !wanted.includes(name)) continue;
      const { picture, ...how } = await draw(folder, path);
      if (picture.length > mostBytes)
        throw new Error(`The picture of ${name} has ${picture.length} bytes.`);
      const stored = `${folder}-${name}.webp`;
      writeFileSync(join(pictures, stored), picture);
      const graph = createHash("sha256").update(readFileSync(path)).digest("hex");
      provenance[stored] = { graph, ...how };
      writeFileSync(file, `${JSON.stringify(sorted(provenance), null, 2)}\n`);
      process.stdout.write(`${stored} ${picture.length} bytes\n`);
    }
  }
}

function readProvenance(file: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw error;
  }
}

const sorted = (record: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));

function graphsIn(folder: string): readonly string[] {
  try {
    return readdirSync(join(root, "graphs", folder))
      .filter((name) => name.endsWith(".json"))
      .map((name) => join(root, "graphs", folder, name));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

function draw(folder: string, path: string): Promise<Outcome> {
  const name = basename(path, ".json");
  if (folder === "blocks") return drawWiring(path, name);
  if (folder === "tasks") return drawTask(name);
  return folder === "examples" ? drawExample(path) : drawRun(["run", name], ["measurement", "x0"]);
}

/** An example whose truth is known shows it behind its own points; any other is shown as samplers are. */
function drawExample(path: string): Promise<Outcome> {
  const { document } = readDocument(readFileSync(path, "utf8"));
  const file = `graphs/examples/${basename(path)}`;
  return document !== null && Object.hasOwn(document.outputs, "exact")
    ? drawRun(["run", file, "--samples", "400"], ["exact", "x0"])
    : drawRun(["run", file], ["measurement", "x0"]);
}

/** A task shows its picture and its measurement, which a run of any sampler keeps. */
function drawTask(name: string): Promise<Outcome> {
  // the shipped prior of the task's size; that of photographs takes any
  const prior = name.endsWith("-28") ? ["--with", "prior=prior/onnx:model=fashion28"] : [];
  const few = ["--set", "schedule.steps=2"];
  return drawRun(
    ["run", samplerFor(name), "--task", name, ...few, ...prior],
    ["image", "measurement"],
  );
}

/** A sampler that takes few steps on a task, for the sake of its measurement alone. */
const samplerFor = (task: string): string =>
  task === "music-separation"
    ? "projdiff-music"
    : task === "music-accompaniment"
      ? "projdiff-partial"
      : "reddiff";

async function drawWiring(path: string, name: string): Promise<Outcome> {
  const { document } = readDocument(readFileSync(path, "utf8"));
  if (document === null) throw new Error(`${name} cannot be read.`);
  return { picture: await webp(wiringPicture(document, size)), command: "wiring" };
}

async function drawRun(
  command: readonly string[],
  shown: readonly [string, string],
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "denoodle-picture-"));
  try {
    return await drawnIn(join(folder, "run"), command, shown);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function drawnIn(
  out: string,
  command: readonly string[],
  shown: readonly [string, string],
): Promise<Outcome> {
  const args = [...command, "--seed", "0"];
  execFileSync(process.execPath, [join(root, "bin/denoodle.mjs"), ...args, "--out", out], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const run = JSON.parse(readFileSync(join(out, "run.json"), "utf8")) as {
    nfe: number;
    vjpCalls: number;
    metrics?: unknown;
  };
  const picture = await pictureOf(out, shown);
  return {
    picture,
    command: `denoodle ${args.join(" ")}`,
    nfe: run.nfe,
    vjpCalls: run.vjpCalls,
    metrics: run.metrics,
  };
}

async function pictureOf(out: string, [left, right]: readonly [string, string]): Promise<Buffer> {
  const files = readdirSync(out);
  if (files.includes(`${left}.png`) && files.includes(`${right}.png`))
    return webp(await beside(join(out, `${left}.png`), join(out, `${right}.png`)));
  const { shape, values } = valuesIn(join(out, `${right}.npy`));
  if (shape.length !== 2 || shape[1] !== 2)
    return webp(tracesPicture(values, shape.at(-2) ?? 1, size));
  return webp(scatterPicture([valuesIn(join(out, `${left}.npy`)).values, values], size));
}

function valuesIn(file: string) {
  const { shape, data } = readNpy(new Uint8Array(readFileSync(file)));
  return { shape, values: Float64Array.from(data as ArrayLike<number>) };
}

async function beside(left: string, right: string): Promise<Sharp> {
  const [a, b] = await Promise.all([left, right].map(square));
  return sharp({
    create: { ...size, channels: 3, background: "#ffffff" },
  }).composite([
    { input: a ?? "", left: 0, top: 0 },
    { input: b ?? "", left: size.width - size.half, top: 0 },
  ]);
}

const square = (file: string): Promise<Buffer> =>
  sharp(file)
    .resize(size.half, size.half, { kernel: "nearest", fit: "contain" })
    .removeAlpha()
    .toColourspace("srgb")
    .png()
    .toBuffer();

async function webp(picture: string | Sharp): Promise<Buffer> {
  const image = typeof picture === "string" ? sharp(Buffer.from(picture)) : picture;
  return image.webp({ quality: 86, effort: 6 }).toBuffer();
}

await main(process.argv.slice(2));
