import { randomUUID } from "node:crypto";
import { accessSync, constants, lstatSync, mkdirSync, rmdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { issueError } from "../../runtime/base/issue.ts";

/**
 * Makes a folder where a path will be written, and takes it away again.
 *
 * @param shown how messages name the path.
 * @throws IssueError `out.unwritable` when nothing can be made there.
 */
export function refuseUnwritable(path: string, shown: string): void {
  let parent = dirname(path);
  while (!isThere(parent)) parent = dirname(parent);
  const unwritable = (message: string) =>
    issueError("out.unwritable", `${shown}: ${message}`, {}, { fix: "Name another place." });
  if (statSync(parent, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw unwritable(`${parent} is no folder.`);
  const trial = join(parent, `.${basename(path)}.${randomUUID()}.tmp.old`);
  try {
    accessSync(parent, constants.W_OK);
    // One level: in /proc, making folders recursively does not return.
    mkdirSync(trial);
    rmdirSync(trial);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw unwritable(`nothing can be made in ${parent} (${reason}).`);
  }
}

/** Also for a link that leads nowhere. */
function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}
