import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { z } from "zod";
import { IssueError, issueError } from "../../runtime/base/issue.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { readBytes } from "../files/bytes.ts";
import { FileIssues, shownPath, type GraphFile } from "./graph-file.ts";
import { recordName } from "./output-folder.ts";
import type { Prepared } from "./prepare.ts";
import type { RunSettings } from "./settings.ts";

const hashes = z.record(z.string(), z.string());
const origin = z.object({ file: z.string(), folder: z.string() });
const feed = z.union([
  z.object({ kind: z.literal("number"), value: z.number() }),
  z.object({
    kind: z.literal("node"),
    type: z.string(),
    v: z.exactOptional(z.int()),
    params: z.record(z.string(), z.unknown()),
  }),
]);

/** What a run's record must hold for it to be repeated. */
const record = z.object({
  denoodleRun: z.literal(1),
  graph: origin,
  task: z.nullable(origin),
  seed: z.int().min(0),
  samples: z.array(z.int()).min(1),
  backend: z.object({ used: z.nullable(z.enum(["cpu", "webgpu", "cuda"])) }),
  files: hashes,
  inputs: hashes,
  settings: z.object({
    feeds: z.record(z.string(), feed),
    probes: z.array(z.string()).default([]),
    tape: z.exactOptional(z.string()),
    threads: z.exactOptional(z.int().min(1)),
  }),
  documents: z.object({ graph: z.unknown(), task: z.exactOptional(z.unknown()) }),
});

/** An earlier run, to be run again. */
export interface Recorded {
  readonly settings: RunSettings;
  readonly graph: GraphFile;
  readonly task: GraphFile | null;
  /** @throws IssueError `asset.changed` when a file is not the one that it was. */
  readonly check: (prepared: Prepared) => void;
}

/**
 * The run that a folder or a run.json holds; null where `settings.graph` names no such thing.
 *
 * @throws IssueError `record.invalid` when the record is damaged.
 */
export async function readRecord(settings: RunSettings, cwd: string): Promise<Recorded | null> {
  const path = recordPath(settings.graph, cwd);
  if (path === null) return null;
  const shown = shownPath(path, cwd);
  const read = record.safeParse(parse(await readBytes(path)));
  if (!read.success)
    throw issueError("record.invalid", "The file is no record of a run.", { path: [shown] });
  const { data } = read;
  const { tape, threads, probes } = data.settings;
  const { tape: _, ...inputs } = data.inputs;
  const folder = dirname(path);
  return {
    graph: graphOf(shown, data.graph, data.documents.graph),
    task: data.task === null ? null : graphOf(shown, data.task, data.documents.task),
    settings: {
      ...(tape === undefined ? {} : { tape }),
      ...(threads === undefined ? {} : { threads }),
      ...(data.backend.used === null ? {} : { backend: data.backend.used }),
      ...settings,
      probes: [...new Set([...probes, ...settings.probes])],
      seed: data.seed,
      samples: data.samples.length,
      feeds: Object.entries(data.settings.feeds).map(([slot, given]) => ({ slot, feed: given })),
      inputs: Object.keys(inputs).map((slot) => ({
        slot,
        file: join(folder, "inputs", `${slot}.npy`),
      })),
    },
    check: (prepared) =>
      checkHashes(
        shown,
        {
          ...data.files,
          ...(data.inputs["tape"] === undefined ? {} : { tape: data.inputs["tape"] }),
        },
        { ...prepared.assets.hashes, ...pickTape(prepared.inputHashes) },
      ),
  };
}

function recordPath(name: string, cwd: string): string | null {
  const path = resolve(cwd, name);
  if (!existsSync(path)) return null;
  if (!statSync(path).isDirectory()) return basename(path) === recordName ? path : null;
  const inside = join(path, recordName);
  return existsSync(inside) ? inside : null;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    // The schema refuses `null`, in words of its own.
    return null;
  }
}

function graphOf(shown: string, { folder }: z.infer<typeof origin>, file: unknown): GraphFile {
  const { document, issues, notes } = readDocument(file);
  if (document === null) throw new FileIssues(shown, issues);
  return { shown, folder, document, notes };
}

type Hashes = Readonly<Record<string, string>>;

function pickTape({ tape }: Hashes): Hashes {
  return tape === undefined ? {} : { tape };
}

function checkHashes(shown: string, before: Hashes, now: Hashes): void {
  const changed = Object.keys(before).filter((file) => before[file] !== now[file]);
  if (changed.length > 0)
    throw new IssueError(
      changed.map((file) => ({
        code: "asset.changed",
        message: `${JSON.stringify(file)} is not the file that it was: its SHA-256 differs.`,
        at: { path: [shown] },
        fix: "Bring the file back, or run the graph anew.",
      })),
    );
}
