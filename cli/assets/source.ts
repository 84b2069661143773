import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, extname, join, resolve, sep } from "node:path";
import { issueError } from "../../runtime/base/issue.ts";
import { whyOutside } from "../../runtime/graph/check/assets.ts";
import type { ModelAsset } from "../../runtime/graph/define-node.ts";
import { suggestion } from "../../runtime/graph/nearest.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { readNpyFile } from "../files/arrays.ts";
import { readBytes } from "../files/bytes.ts";
import { readImage } from "../files/read-image.ts";
import { shippedFile, shippedNames, type Shelf } from "../library.ts";
import { sha256Hex } from "../sha256.ts";
import { finiteFloat32 } from "./finite.ts";

const shelves = { image: "images", tensor: "tensors", model: "models" } as const;

/**
 * The path of a file that a graph names: one of Denoodle's own, else one inside `folder`.
 *
 * @throws IssueError `asset.outside`, `asset.missing`.
 */
export function findAsset(kind: keyof typeof shelves, file: string, folder: string): string {
  const outside = whyOutside(file);
  if (outside !== null) throw outsideError(file);
  const shelf = shelves[kind];
  const shipped = shippedFile(shelf, file);
  if (shipped !== null) return shipped;
  const plain = resolve(folder, file);
  const path = kind === "model" && !existsSync(plain) ? `${plain}.onnx` : plain;
  if (!existsSync(path)) throw missing(kind, shelf, file);
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

function missing(kind: string, shelf: Shelf, file: string) {
  const near = suggestion(file, shippedNames(shelf));
  return issueError(
    "asset.missing",
    `There is no ${kind} ${JSON.stringify(file)} in Denoodle's library or in the asset folder.`,
    {},
    near === undefined ? {} : { fix: near },
  );
}

/** An image or a .npy file, as float32 and finite. */
export async function loadTensor(kind: "image" | "tensor", path: string): Promise<TensorData> {
  if (kind === "image") return readImage(path);
  return finiteFloat32(await readNpyFile(path), path);
}

/**
 * A model file, hashed, with its card where one lies beside it.
 *
 * @throws IssueError `file.*`; `model.card` when the card is no JSON.
 */
export async function loadModel(name: string, path: string): Promise<ModelAsset> {
  const bytes = await readBytes(path);
  return { name, sha256: sha256Hex(bytes), bytes, card: await readCard(path) };
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
