import { readFile } from "node:fs/promises";
import { IssueError } from "../../runtime/base/issue.ts";
import type { Library } from "../../runtime/protocol/studio/host.ts";
import { findAsset, locateModel } from "../assets/source.ts";
import { readBytes } from "../files/bytes.ts";
import { shippedFile } from "../library.ts";
import { sha256Hex } from "../sha256.ts";

/** What ships, then the files of a folder: names that lead out of it find nothing. */
export function folderLibrary(folder: string): Library {
  return {
    async task(name) {
      const path = shippedFile("tasks", name);
      return path === null ? null : readFile(path, "utf8");
    },
    async asset(name, progress) {
      const path = found(name.endsWith(".npy") ? "tensor" : "image", name, folder);
      if (path === null) return null;
      const bytes = await readBytes(path);
      progress(bytes.length, bytes.length);
      return { bytes, sha256: sha256Hex(bytes) };
    },
    async model(name, progress) {
      const path = found("model", name, folder);
      if (path === null) return null;
      const model = await locateModel(name, path);
      progress(model.bytes.length, model.bytes.length);
      return model;
    },
  };
}

/** Null where there is none. @throws IssueError `asset.outside` */
function found(kind: Parameters<typeof findAsset>[0], name: string, folder: string): string | null {
  try {
    return findAsset(kind, name, folder);
  } catch (error) {
    if (error instanceof IssueError && error.issues[0]?.code === "asset.missing") return null;
    throw error;
  }
}
