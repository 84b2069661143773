import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, extname, join, resolve, sep } from "node:path";
import { issueError, type Issue } from "../../runtime/base/issue.ts";
import { whyOutside } from "../../runtime/graph/check/assets.ts";
import type { ModelAsset } from "../../runtime/graph/define-node.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { externalLocations } from "../../runtime/onnx/external-locations.ts";
import { readModel } from "../../runtime/onnx/model.ts";
import { readNpyFile } from "../files/arrays.ts";
import { readBytes, sha256File } from "../files/bytes.ts";
import { readImage } from "../files/read-image.ts";
import { isWav, readWav } from "../files/wav.ts";
import { filesLike, shippedFile, shippedLike, suggestedFile } from "../library.ts";
import { sha256Hex } from "../sha256.ts";
import { finiteFloat32 } from "../../runtime/tensor/finite-float32.ts";

const shelves = { image: "images", tensor: "tensors", model: "models" } as const;

/**
 * The path of a file that a graph names: one of Denoodle's own, else one inside `folder`.
 *
 * @throws IssueError `asset.outside`, `asset.missing`.
 */
export function findAsset(kind: keyof typeof shelves, file: string, folder: string): string {
  const outside = whyOutside(file);
  if (outside !== null) throw outsideError(file);
  const shipped = shippedFile(shelves[kind], file);
  if (shipped !== null) return shipped;
  const plain = resolve(folder, file);
  const path = kind === "model" && !existsSync(plain) ? `${plain}.onnx` : plain;
  if (!existsSync(path)) throw missing(kind, file, folder);
  const real = realpathSync(path);
  const base = realpathSync(folder);
  if (real !== base && !real.startsWith(base.endsWith(sep) ? base : `${base}${sep}`))
    throw outsideError(file);
  return path;
}

function outsideError(file: string) {
  return issueError(
    "asset.outside",
    `Expected a path inside the asset folder, got ${JSON.stringify(file)}.`,
    {},
    { fix: "Put the file into the folder of the graph and name it from there." },
  );
}

function missing(kind: keyof typeof shelves, file: string, folder: string) {
  const near = suggestedFile(file, [
    ...filesLike(shelves[kind], dirname(resolve(folder, file)), dirname(file)),
    ...shippedLike(shelves[kind], file),
  ]);
  return issueError(
    "asset.missing",
    `There is no ${kind} ${JSON.stringify(file)} in Denoodle's library or in the asset folder.`,
    {},
    near === undefined ? {} : { fix: near },
  );
}

/** An image, a .npy or a .wav file, as float32 and finite. `warn` as in `readImage`. */
export async function loadTensor(
  kind: "image" | "tensor",
  path: string,
  warn: (issue: Issue) => void = () => {},
): Promise<TensorData> {
  if (isWav(path)) return (await readWav(path)).tensor;
  if (kind === "image") return readImage(path, { warn });
  return finiteFloat32(await readNpyFile(path), path);
}

/** A model whose files of weights are where they were: an engine that reads files opens them itself. */
export interface LocatedModel extends ModelAsset {
  /** Full paths by the location that the model states. */
  readonly weightFiles?: Readonly<Record<string, string>>;
}

/**
 * A model file with its card where there is one, and where the files of weights beside it are; all are hashed.
 *
 * @throws IssueError `file.*`, `model.unreadable`; `model.card` when the card is no JSON.
 */
export async function locateModel(name: string, path: string): Promise<LocatedModel> {
  const bytes = await readBytes(path);
  const weightFiles: Record<string, string> = {};
  const hashes = [sha256Hex(bytes)];
  for (const location of externalLocations(readModel(bytes))) {
    const file = findWeights(dirname(resolve(path)), location);
    weightFiles[location] = file;
    hashes.push(await sha256File(file));
  }
  return {
    name,
    sha256: hashes.length === 1 ? hashes.join("") : sha256Hex(hashes.join(" ")),
    bytes,
    card: await readCard(path),
    ...(hashes.length === 1 ? {} : { weightFiles }),
  };
}

/** The model with its files of weights read. @throws as `locateModel`. */
export async function loadModel(name: string, path: string): Promise<ModelAsset> {
  const { weightFiles, ...model } = await locateModel(name, path);
  if (weightFiles === undefined) return model;
  const external: Record<string, Uint8Array> = {};
  for (const [location, file] of Object.entries(weightFiles))
    external[location] = await readBytes(file);
  return { ...model, external };
}

function findWeights(folder: string, location: string): string {
  const path = join(folder, location);
  if (existsSync(path)) return path;
  throw issueError(
    "model.external",
    `The model keeps weights in ${JSON.stringify(location)}, which is not beside it.`,
    {},
    { fix: "Keep the external data files beside the .onnx file, as they were exported." },
  );
}

async function readCard(model: string): Promise<unknown> {
  const path = join(dirname(model), `${basename(model, extname(model))}.json`);
  if (!existsSync(path)) return undefined;
  const text = new TextDecoder().decode(await readBytes(path));
  try {
    const card = JSON.parse(text) as unknown;
    return isGraphFile(card) ? undefined : card;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw issueError("model.card", `The model's card ${basename(path)} is no JSON: ${reason}.`);
  }
}

/** A graph of the model's name is no card: its `denoodle` is a version. */
function isGraphFile(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    "denoodle" in value &&
    typeof value.denoodle === "number"
  );
}
