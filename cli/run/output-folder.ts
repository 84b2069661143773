import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, statSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { IssueError, issueError } from "../../runtime/base/issue.ts";
import { refuseUnwritable } from "./writable.ts";

/** The file that says what a run was. */
export const recordName = "run.json";

/**
 * The folder that was asked for.
 *
 * @throws IssueError `out.taken` when it holds something other than an earlier run, `out.unwritable`
 *   when no folder can be made there.
 */
export function wantedFolder(wanted: string, cwd: string): string {
  const folder = resolve(cwd, wanted);
  refuseTaken(folder, wanted);
  refuseUnwritable(folder, `--out ${wanted}`);
  return folder;
}

/** The first free `out/NAME-1`, `-2`, …. @throws IssueError `out.unwritable`. */
export function freeFolder(name: string, cwd: string): string {
  const plain =
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replaceAll(/^-|-$/g, "") || "run";
  for (let i = 1; ; i += 1) {
    const folder = resolve(cwd, "out", `${plain}-${i}`);
    if (existsSync(folder)) continue;
    refuseUnwritable(folder, relative(cwd, folder));
    return folder;
  }
}

function refuseTaken(folder: string, wanted: string): void {
  if (!existsSync(folder)) return;
  const taken = (message: string) =>
    issueError("out.taken", `--out ${wanted}: ${message}`, {}, { fix: "Name another folder." });
  if (!statSync(folder).isDirectory()) throw taken("there is a file of that name.");
  const entries = readdirSync(folder);
  if (entries.length > 0 && !entries.includes(recordName))
    throw taken("the folder holds files that are not an earlier run's.");
}

/**
 * Fills a folder whole or not at all: `fill` writes into a temporary folder beside it, which then
 * takes its name. An earlier run of that name is replaced.
 *
 * @throws IssueError `file.write`; nothing is left behind.
 */
export async function writeFolder(
  folder: string,
  fill: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = join(dirname(folder), `.${basename(folder)}.${randomUUID()}.tmp`);
  try {
    await mkdir(temporary, { recursive: true });
    await fill(temporary);
    if (existsSync(folder)) {
      const old = `${temporary}.old`;
      await rename(folder, old);
      await rename(temporary, folder);
      await rm(old, { recursive: true });
    } else await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    if (error instanceof IssueError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new IssueError(
      [
        {
          code: "file.write",
          message: `The folder could not be written: ${reason}.`,
          at: { path: [folder] },
        },
      ],
      { cause: error },
    );
  }
}
