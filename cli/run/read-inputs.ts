import { existsSync } from "node:fs";
import { dirname, extname, resolve } from "node:path";
import { issueError, type Issue } from "../../runtime/base/issue.ts";
import type { Feed } from "../../runtime/compile/slots.ts";
import type { Slot } from "../../runtime/graph/document.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { finiteFloat32 } from "../../runtime/tensor/finite-float32.ts";
import { readNpyFile, readNpzFile } from "../files/arrays.ts";
import { sha256File } from "../files/bytes.ts";
import { readImage } from "../files/read-image.ts";
import { isWav, readWav } from "../files/wav.ts";
import { filesLike, shippedFile, shippedLike, suggestedFile } from "../library.ts";
import { slotOf, type Parts } from "./set-params.ts";
import type { RunSettings } from "./settings.ts";

/** Tensors from files, by the input that they feed, and the SHA-256 of each file. */
interface Inputs {
  readonly feeds: Readonly<Record<string, Feed>>;
  readonly hashes: Readonly<Record<string, string>>;
  /** What a person should know of them. */
  readonly warnings: readonly Issue[];
}

/** Kinds of inputs that a file can hold. */
export const tensorKinds: ReadonlySet<Slot["kind"]> = new Set([
  "signal",
  "measurement",
  "spectral",
]);

/**
 * Reads the files given by --in.
 *
 * @throws IssueError `slot.file`, `file.*`, located at the path.
 */
export async function readInputs(
  parts: Parts,
  { inputs }: RunSettings,
  cwd: string,
): Promise<Inputs> {
  const feeds: Record<string, Feed> = {};
  const hashes: Record<string, string> = {};
  const warnings: Issue[] = [];
  for (const { slot, file } of inputs) {
    const kind = slotOf(parts, slot)?.kind ?? "signal";
    if (!tensorKinds.has(kind))
      throw issueError(
        "slot.file",
        `The input ${JSON.stringify(slot)} is ${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind}, which no file holds.`,
        { path: [`--in ${slot}`] },
        { fix: `Use --with ${slot}=…` },
      );
    const path = pathOf(file, cwd);
    feeds[slot] = {
      kind: "tensor",
      data: await readInput(path, slot, (issue) => warnings.push(issue)),
    };
    hashes[slot] = await sha256File(path);
  }
  return { feeds, hashes, warnings };
}

/** A file, or where there is none of that name a shipped picture. */
function pathOf(file: string, cwd: string): string {
  const path = resolve(cwd, file);
  if (existsSync(path)) return path;
  const shipped = shippedFile("images", file);
  if (shipped !== null) return shipped;
  const beside = filesLike("inputs", dirname(path), dirname(file));
  const near = suggestedFile(file, [...beside, ...shippedLike("images", file)]);
  throw issueError(
    "file.missing",
    `There is no file ${JSON.stringify(file)}, and no shipped picture of that name.`,
    { path: [path] },
    near === undefined ? {} : { fix: near },
  );
}

async function readInput(
  path: string,
  name: string,
  warn: (issue: Issue) => void,
): Promise<TensorData> {
  const extension = extname(path).toLowerCase();
  if (extension === ".npy") return finiteFloat32(await readNpyFile(path), path);
  if (isWav(path)) return (await readWav(path)).tensor;
  if (extension !== ".npz") return readImage(path, { warn });
  const arrays = await readNpzFile(path);
  const names = Object.keys(arrays);
  const chosen = names.length === 1 ? arrays[names[0] ?? ""] : arrays[name];
  if (chosen === undefined)
    throw issueError(
      "file.npz",
      `The archive holds ${names.join(", ") || "nothing"}, and none is named ${JSON.stringify(name)}.`,
      { path: [path] },
    );
  return finiteFloat32(chosen, path);
}
