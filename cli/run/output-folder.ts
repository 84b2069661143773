import { randomUUID } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  rmdirSync,
  statSync,
} from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { IssueError, issueError } from "../../runtime/base/issue.ts";

/** The file that says what a run was. */
export const recordName = "run.json";

/**
 * The folder that a run will be kept in: what was asked for, else the first free `out/NAME-1`, `-2`, ….
 *
 * @throws IssueError `out.taken` when it holds something other than an earlier run, `out.unwritable`
 *   when no folder can be made there.
 */
export function chooseFolder(wanted: string | undefined, name: string, cwd: string): string {
  if (wanted !== undefined) {
    const folder = resolve(cwd, wanted);
    refuseTaken(folder, wanted);
    refuseUnwritable(folder, `--out ${wanted}`);
    return folder;
  }
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

/** Makes a folder where the results will be put together, and takes it away again. */
function refuseUnwritable(folder: string, shown: string): void {
  let parent = dirname(folder);
  while (!isThere(parent)) parent = dirname(parent);
  const unwritable = (message: string) =>
    issueError("out.unwritable", `${shown}: ${message}`, {}, { fix: "Name another folder." });
  if (statSync(parent, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw unwritable(`${parent} is no folder.`);
  const trial = join(parent, `.${basename(folder)}.${randomUUID()}.tmp.old`);
  try {
    accessSync(parent, constants.W_OK);
    // One level: in /proc, making folders recursively does not return.
    mkdirSync(trial);
    rmdirSync(trial);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw unwritable(`no folder can be made in ${parent} (${reason}).`);
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
