import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InferenceSession } from "onnxruntime-common";
import type { LoadLarge, Ort } from "./ort-backend.ts";
import { byteLengthOf, bytesInOrder } from "./strided.ts";
import { weightsApart, type ModelApart } from "./weights-apart.ts";

/** Constants of fewer bytes are handed to onnxruntime in memory, which takes no longer and needs no disk. */
const smallestLarge = 64 * 2 ** 20;
const location = "weights";

/**
 * Loads a model of large weights from a temporary file that onnxruntime maps: read from memory, it would hold
 * each weight two to four times while it loads. The file is removed as soon as the session exists. Null for a
 * model that is not large, where a mapped file cannot be removed, and where the disk cannot take the file.
 */
export function mappedLoader(ort: Ort, smallest = smallestLarge): LoadLarge {
  return async (source, options) => {
    if (process.platform === "win32") return null;
    let bytes = 0;
    for (const { data } of source.program.constants.values()) bytes += data.byteLength;
    if (bytes < smallest) return null;
    const apart = weightsApart(source, location);
    const folder = temporaryFolder();
    if (folder === null) return null;
    try {
      if (!writeWeights(join(folder, location), apart)) return null;
      return await ort.InferenceSession.create(apart.model, withFolder(options, folder));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

function withFolder(
  options: InferenceSession.SessionOptions,
  folder: string,
): InferenceSession.SessionOptions {
  const session = options.extra?.["session"] as object | undefined;
  return {
    ...options,
    extra: {
      ...options.extra,
      session: { ...session, model_external_initializers_file_folder_path: folder },
    },
  };
}

function temporaryFolder(): string | null {
  return ifDiskAllows(() => mkdtempSync(join(tmpdir(), "denoodle-"))) ?? null;
}

/** Whether the weights could be written. */
function writeWeights(file: string, { weights }: ModelApart): boolean {
  const written = ifDiskAllows(() => {
    const scratch = new ArrayBuffer(Math.max(...weights.map((w) => byteLengthOf(w.elements)), 0));
    const descriptor = openSync(file, "wx", 0o600);
    try {
      for (const { offset, elements } of weights)
        writeAll(descriptor, bytesInOrder(elements, scratch), offset);
    } finally {
      closeSync(descriptor);
    }
    return true;
  });
  return written ?? false;
}

/** One write may take fewer bytes than it is given, and at most 2 GiB. */
function writeAll(descriptor: number, bytes: Uint8Array, offset: number): void {
  for (let done = 0; done < bytes.length;)
    done += writeSync(
      descriptor,
      bytes,
      done,
      Math.min(bytes.length - done, 2 ** 30),
      offset + done,
    );
}

const refusals: ReadonlySet<unknown> = new Set([
  "EACCES",
  "EDQUOT",
  "EFBIG",
  "EIO",
  "ENOENT",
  "ENOSPC",
  "ENOTDIR",
  "EPERM",
  "EROFS",
]);

/** Undefined where the disk is full or not ours to write to. */
function ifDiskAllows<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && "code" in error && refusals.has(error.code)) return undefined;
    throw error;
  }
}
