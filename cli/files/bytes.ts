import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { IssueError } from "../../runtime/base/issue.ts";

/**
 * The bytes of a file.
 *
 * @throws IssueError `file.missing` or `file.read`, located at the path.
 */
export async function readBytes(path: string): Promise<Uint8Array> {
  return attempt("file.read", path, async () => {
    try {
      return await readFile(path);
    } catch (error) {
      if (codeOf(error) !== tooLarge) throw error;
      return readInParts(path);
    }
  });
}

/** Node's `readFile` ends at 2 GiB, and so does one read. */
const tooLarge = "ERR_FS_FILE_TOO_LARGE";
const mostAtOnce = 2 ** 30;

async function readInParts(path: string): Promise<Uint8Array> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size;) {
      const { bytesRead } = await file.read(bytes, at, Math.min(mostAtOnce, size - at), at);
      if (bytesRead === 0) return bytes.subarray(0, at);
      at += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}

/**
 * Writes a file whole or not at all: to a temporary file beside it, which then takes its name.
 * Folders on the way are made. A file of that name is replaced.
 *
 * @throws IssueError `file.write`, located at the path; nothing is left behind.
 */
export async function writeBytes(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomUUID()}.tmp`);
  await attempt("file.write", path, async () => {
    await mkdir(dirname(path), { recursive: true });
    try {
      await writeWhole(temporary, bytes);
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  });
}

/**
 * The SHA-256 of a file, in lower-case hex; the file is streamed.
 *
 * @throws IssueError `file.missing` or `file.read`, located at the path.
 */
export async function sha256File(path: string): Promise<string> {
  const hash = createHash("sha256");
  await attempt("file.read", path, () => pipeline(createReadStream(path), hash));
  return hash.digest("hex");
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

const reasons: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "There is no such file."],
  ["ENOTDIR", "A part of the path is a file, not a folder."],
  ["EISDIR", "The path is a folder, not a file."],
  ["EACCES", "Permission was denied."],
  ["EPERM", "Permission was denied."],
  ["EROFS", "The disk is read-only."],
  ["ENOSPC", "The disk is full."],
  ["ENAMETOOLONG", "The name is too long."],
]);

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

async function attempt<T>(code: string, path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    const reason = codeOf(cause);
    const what = code === "file.write" ? "written" : "read";
    const message =
      reasons.get(reason) ?? `The file could not be ${what} (${reason || "unknown"}).`;
    const missing = reason === "ENOENT" && code === "file.read";
    throw new IssueError(
      [{ code: missing ? "file.missing" : code, message, at: { path: [path] } }],
      { cause },
    );
  }
}
