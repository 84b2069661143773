import { resolve } from "node:path";
import { IssueError, type Issue } from "../../runtime/base/issue.ts";
import type { Feed } from "../../runtime/compile/slots.ts";
import type { Tape } from "../../runtime/execute/noise/tape-noise.ts";
import type { Registry } from "../../runtime/graph/define-node.ts";
import type { Document, Slot } from "../../runtime/graph/document.ts";
import { suggestion } from "../../runtime/graph/nearest.ts";
import { validate } from "../../runtime/graph/validate.ts";
import { loadAssets, type LoadedAssets } from "../assets/load.ts";
import { locateModel } from "../assets/source.ts";
import { neededByDocument, neededByFeed } from "../../runtime/compile/needed-assets.ts";
import { readTapeFile } from "../files/arrays.ts";
import { sha256File } from "../files/bytes.ts";
import { findWires } from "./find-wires.ts";
import { FileIssues, readGraphFile, readOwnTask, type GraphFile } from "./graph-file.ts";
import { readInputs, tensorKinds } from "./read-inputs.ts";
import { setParams, slotOf, type Parts } from "./set-params.ts";
import type { RunSettings } from "./settings.ts";

/** A run with everything read and checked that can be checked without computing. */
export interface ReadRun {
  readonly settings: RunSettings;
  readonly graph: GraphFile;
  readonly task: GraphFile | null;
  readonly feeds: Readonly<Record<string, Feed>>;
  readonly assets: LoadedAssets;
  /** SHA-256 of the files given by --in and --tape, by the name of the input. */
  readonly inputHashes: Readonly<Record<string, string>>;
  /** Full paths of the wires to watch. */
  readonly probes: readonly string[];
  readonly tape?: Tape;
  /** What a person should know, and in which file it stands where the issue does not say. */
  readonly notes: readonly Note[];
}

export interface Note {
  readonly file?: string;
  readonly issue: Issue;
}

export type RunFiles = Pick<ReadRun, "graph" | "task">;

/**
 * Reads the graph, its task and every file they need; nothing is computed.
 *
 * @param files the graph and task, where they were read already.
 * @throws IssueError, FileIssues: exit code 1.
 */
export async function readRun(
  settings: RunSettings,
  registry: Registry,
  cwd: string,
  files?: RunFiles,
): Promise<ReadRun> {
  const { graph: graphFile, task: taskFile } = files ?? (await readFiles(settings, cwd));
  const given: Parts = {
    graph: graphFile.document,
    task: taskFile?.document ?? null,
    feeds: Object.fromEntries(settings.feeds.map(({ slot, feed }) => [slot, feed])),
  };
  checkSlotNames(given, settings);
  const parts = setParams(given, settings.params);
  const graph = { ...graphFile, document: parts.graph };
  const task =
    taskFile === null || parts.task === null ? null : { ...taskFile, document: parts.task };
  checkDocument(graph, registry);
  if (task !== null) checkDocument(task, registry);
  checkFeeds(parts, registry);
  const inputs = await readInputs(parts, settings, cwd);
  const feeds = { ...parts.feeds, ...inputs.feeds };
  const fed = new Set(Object.keys(feeds));
  const needs = [
    { ...graph, assets: neededByDocument(graph.document, registry, givenSlots(parts, fed)) },
    ...(task === null ? [] : [{ ...task, assets: neededByDocument(task.document, registry, fed) }]),
    {
      shown: "command line",
      folder: cwd,
      assets: Object.entries(feeds).flatMap(([name, feed]) =>
        neededByFeed(feed, [`--with ${name}`], registry),
      ),
    },
  ];
  const assets = await loadAssets(needs, locateModel);
  const tape = settings.tape === undefined ? undefined : resolve(cwd, settings.tape);
  return {
    settings,
    graph,
    task,
    feeds,
    assets,
    inputHashes: {
      ...inputs.hashes,
      ...(tape === undefined ? {} : { tape: await sha256File(tape) }),
    },
    probes: findWires(settings.probes, parts, registry),
    ...(tape === undefined ? {} : { tape: await readTapeFile(tape) }),
    notes: [
      ...[graphFile, ...(taskFile === null ? [] : [taskFile])].flatMap(({ shown, notes }) =>
        notes.map((issue) => ({ file: shown, issue })),
      ),
      ...[...inputs.warnings, ...assets.warnings].map((issue) => ({ issue })),
    ],
  };
}

async function readFiles(settings: RunSettings, cwd: string): Promise<RunFiles> {
  const graph = await readGraphFile(settings.graph, "samplers", cwd);
  return { graph, task: await readTask(settings, graph, cwd) };
}

async function readTask(
  { task }: RunSettings,
  graph: GraphFile,
  cwd: string,
): Promise<GraphFile | null> {
  if (task === null) return null;
  return task === undefined ? readOwnTask(graph) : readGraphFile(task, "tasks", cwd);
}

/** The graph's slots that need no default: fed, or given by the task. */
function givenSlots({ task }: Parts, fed: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...fed, ...Object.keys(task?.outputs ?? {})]);
}

function checkSlotNames(parts: Parts, { feeds, inputs }: RunSettings): void {
  const known = [...Object.keys(parts.graph.inputs), ...Object.keys(parts.task?.inputs ?? {})];
  const unknown = [
    ...feeds.map(({ slot }) => ({ slot, option: "--with" })),
    ...inputs.map(({ slot }) => ({ slot, option: "--in" })),
  ].filter(({ slot }) => slotOf(parts, slot) === undefined);
  if (unknown.length === 0) return;
  throw new IssueError(
    unknown.map(({ slot, option }) => {
      const fix = slot.includes(".")
        ? `A node's param is set by --set ${slot}=VALUE.`
        : suggestion(slot, [...new Set(known)]);
      return {
        code: "slot.unknown",
        message: `The graph and its task have no input ${JSON.stringify(slot)}.`,
        at: { path: [`${option} ${slot}`] },
        ...(fix === undefined ? {} : { fix }),
      };
    }),
  );
}

/** @throws FileIssues */
export function checkDocument({ shown, document }: GraphFile, registry: Registry): void {
  const issues = validate(document, registry);
  if (issues.length > 0) throw new FileIssues(shown, issues);
}

/** Checks what was given by --with as if it stood in the file. */
function checkFeeds(parts: Parts, registry: Registry): void {
  for (const [name, feed] of Object.entries(parts.feeds)) {
    const slot = slotOf(parts, name);
    if (slot === undefined || feed.kind === "tensor") continue;
    const document = withDefault(name, slot, feed, registry);
    const issues = validate(document, registry).filter(
      ({ at }) => at.path?.[0] === "inputs" && at.path[1] === name,
    );
    if (issues.length > 0)
      throw new IssueError(
        issues.map((issue) => ({
          ...issue,
          at: { path: [`--with ${name}`, ...(issue.at.path ?? []).slice(3)] },
          ...(issue.code === "node.unknown-type" ? meantInstead(name, slot, issue) : {}),
        })),
      );
  }
}

/** A name that is no node's, where no node was to be named. */
function meantInstead(name: string, { kind }: Slot, { got }: Issue): Partial<Issue> {
  if (tensorKinds.has(kind)) return { fix: `A file is given by --in ${name}=FILE.` };
  if (kind !== "scalar") return {};
  const message = `${JSON.stringify(got)} is no number, and "${name}" is one.`;
  return { message, expected: "a number", fix: `Give it as --with ${name}=NUMBER.` };
}

function withDefault(
  name: string,
  slot: Slot,
  feed: Exclude<Feed, { kind: "tensor" }>,
  registry: Registry,
): Document {
  const given =
    feed.kind === "number"
      ? feed.value
      : {
          type: feed.type,
          v: feed.v ?? registry.versions(feed.type)[0]?.v ?? 1,
          params: feed.params,
        };
  const inputs = { [name]: { ...slot, default: given } };
  return { denoodle: 1, name: "", inputs, graph: {}, outputs: {}, blocks: {} };
}
