import { existsSync, statSync } from "node:fs";
import { resolve, sep } from "node:path";
import { deserialize, serialize } from "node:v8";
import { issueError } from "../../runtime/base/issue.ts";
import { writeDocument } from "../../runtime/graph/write.ts";
import { checkpointMessage } from "../../runtime/protocol/checkpoints.ts";
import { backendId } from "../../runtime/protocol/events.ts";
import { resultMessage } from "../../runtime/protocol/tensors.ts";
import { readBytes, writeBytes } from "../files/bytes.ts";
import { sha256Hex } from "../sha256.ts";
import type { SoFar } from "./outcome.ts";
import type { Prepared } from "./prepare.ts";
import { defaultBackend } from "./settings.ts";
import { refuseUnwritable } from "./writable.ts";
import { z } from "zod";

const soFar: z.ZodType<SoFar> = z.object({
  nfe: z.number(),
  vjpCalls: z.number(),
  scans: z.record(z.string(), z.array(resultMessage)),
  steps: z.record(z.string(), z.object({ done: z.number(), count: z.number() })),
});

const file = z.object({
  denoodleCheckpoint: z.literal(1),
  /** What the run was; see `identityOf`. */
  identity: z.string(),
  /** That computed it. */
  backend: backendId,
  checkpoint: checkpointMessage,
  soFar,
});

/** Where a run stands, and what it has told up to there. */
export type LeftRun = Pick<z.infer<typeof file>, "backend" | "checkpoint" | "soFar">;

/** Writes where a run stands, so that it can go on in another process; whole or not at all. */
export async function writeCheckpoint(
  path: string,
  prepared: Prepared,
  left: LeftRun,
): Promise<void> {
  const content = { denoodleCheckpoint: 1, identity: identityOf(prepared), ...left };
  await writeBytes(path, serialize(content));
}

/**
 * The path that --checkpoint names, looked at before anything runs. An earlier checkpoint is replaced.
 *
 * @param folder that the results will be put in, where it is known.
 * @throws IssueError `out.taken` for any other file, or inside of the folder; `out.unwritable`.
 */
export async function checkpointPath(
  wanted: string,
  folder: string | null,
  cwd: string,
): Promise<string> {
  const path = resolve(cwd, wanted);
  const refuse = (message: string) =>
    issueError(
      "out.taken",
      `--checkpoint ${wanted}: ${message}`,
      {},
      { fix: "Name another file." },
    );
  if (folder !== null && `${path}${sep}`.startsWith(`${folder}${sep}`))
    throw refuse(
      "the folder of the results is written anew at the end, and the file would be lost.",
    );
  const there = existsSync(path) ? statSync(path) : undefined;
  if (there?.isDirectory() === true) throw refuse("there is a folder of that name.");
  if (there?.isFile() === false) throw refuse("it is a device.");
  if (there !== undefined && !file.safeParse(decode(await readBytes(path))).success)
    throw refuse("there is a file of that name, which is no checkpoint.");
  refuseUnwritable(path, `--checkpoint ${wanted}`);
  return path;
}

/** @throws IssueError `checkpoint.file` for another kind of file, `checkpoint.run` for another run. */
export async function readCheckpoint(path: string, prepared: Prepared): Promise<LeftRun> {
  const read = file.safeParse(decode(await readBytes(path)));
  if (!read.success)
    throw issueError("checkpoint.file", "The file is no checkpoint of a run.", { path: [path] });
  if (read.data.identity !== identityOf(prepared))
    throw issueError(
      "checkpoint.run",
      "The checkpoint is of another run: the graph, its task, inputs, seed or number of samples differ.",
      { path: [path] },
      { fix: "Give the same arguments as when it was written." },
    );
  checkBackend(read.data.backend, prepared.settings.backend ?? defaultBackend, path);
  return read.data;
}

/** Two backends agree to rounding, not to the bit. */
function checkBackend(before: string, wanted: string, path: string): void {
  if (wanted === "auto" || wanted === before) return;
  throw issueError(
    "checkpoint.run",
    `The checkpoint was computed on ${before}, this run is to be on ${wanted}.`,
    { path: [path] },
    { fix: `Give --backend ${before}.` },
  );
}

function decode(bytes: Uint8Array): unknown {
  try {
    return deserialize(bytes) as unknown;
  } catch {
    // What v8 says of foreign bytes tells a person nothing: the schema refuses `null`.
    return null;
  }
}

/** What must be the same for a run to go on to the same bits. */
function identityOf({
  settings,
  graph,
  task,
  feeds,
  batch,
  assets,
  inputHashes,
}: Prepared): string {
  const nodes = Object.entries(feeds).filter(([, feed]) => feed.kind !== "tensor");
  const { ui: _, ...document } = graph.document;
  const parts = [
    writeDocument(document),
    task === null ? null : writeDocument(task.document),
    nodes,
    settings.seed,
    batch,
    assets.hashes,
    inputHashes,
    ...(settings.fit === undefined ? [] : [settings.fit]),
  ];
  return sha256Hex(JSON.stringify(parts));
}
