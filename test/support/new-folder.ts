import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const made: string[] = [];

/** A new temporary folder, removed after the last test of the file that asked for it. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "denoodle-files-"));
  made.push(folder);
  return folder;
}

export function removeNewFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}
