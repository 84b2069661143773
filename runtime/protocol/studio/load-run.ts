import { IssueError, issueError, type Issue } from "../../base/issue.ts";
import { neededByDocument, neededByFeed } from "../../compile/needed-assets.ts";
import type { Feed } from "../../compile/slots.ts";
import type { Registry } from "../../graph/define-node.ts";
import type { Document } from "../../graph/document.ts";
import { readDocument } from "../../graph/read.ts";
import { validate } from "../../graph/validate.ts";
import type { RunRequest } from "../requests.ts";
import type { Library, Progress } from "./host.ts";
import type { AssetLoader, Files } from "./load-assets.ts";
import type { StudioFeed, StudioRun } from "./requests.ts";

interface Surroundings {
  readonly registry: Registry;
  readonly library: Library;
  readonly assets: AssetLoader;
  readonly progress: (file: string) => Progress;
}

/**
 * What an engine compiles for a run: the document with its task, and every file that they name.
 *
 * @throws IssueError with all that is wrong in the document, or all that is missing.
 */
export async function loadRun(
  asked: StudioRun,
  { registry, library, assets, progress }: Surroundings,
): Promise<RunRequest["compile"]> {
  const { document, files } = asked;
  check(document, registry);
  const task = await taskOf(asked, library);
  if (task !== null) check(task, registry);
  const feeds = await readFeeds(asked.feeds, { assets, files });
  const fed = new Set(Object.keys(feeds));
  const given = new Set([...fed, ...Object.keys(task?.outputs ?? {})]);
  const needed = [
    ...neededByDocument(document, registry, given),
    ...(task === null ? [] : neededByDocument(task, registry, fed)),
    ...Object.entries(feeds).flatMap(([name, feed]) =>
      neededByFeed(feed, ["inputs", name], registry),
    ),
  ];
  const { tensors, models } = await assets.load(needed, files, progress);
  return {
    document,
    ...(task === null ? {} : { task }),
    feeds,
    batch: batchOf(feeds, asked.batch),
    assets: { tensors: new Map(tensors), models: new Map(models) },
  };
}

function check(document: Document, registry: Registry): void {
  const issues = validate(document, registry);
  if (issues.length > 0) throw new IssueError(issues);
}

async function taskOf({ document, task: given }: StudioRun, library: Library) {
  const task = given === undefined ? document.task : given;
  if (task === undefined || task === null) return null;
  if (typeof task !== "string") return task;
  const text = await library.task(task);
  if (text === null)
    throw issueError("graph.missing", `There is no task ${JSON.stringify(task)} in the library.`, {
      path: ["task"],
    });
  const { document: read, issues } = readDocument(text);
  if (read === null) throw new IssueError(issues);
  return read;
}

async function readFeeds(
  feeds: Readonly<Record<string, StudioFeed>>,
  { assets, files }: { readonly assets: AssetLoader; readonly files: Files },
): Promise<Record<string, Feed>> {
  const read: Record<string, Feed> = {};
  for (const [name, feed] of Object.entries(feeds))
    read[name] =
      feed.kind === "file"
        ? { kind: "tensor", data: await assets.read(feed.file, files, ["inputs", name]) }
        : feed;
  return read;
}

/** As many samples as were asked for, else as the feeds hold. @throws IssueError `input.batch`. */
function batchOf(feeds: Readonly<Record<string, Feed>>, asked: number | null): number {
  const sizes = Object.entries(feeds).flatMap(([name, feed]) =>
    feed.kind === "tensor" ? [{ name, size: feed.data.shape[0] ?? 1 }] : [],
  );
  const batch = asked ?? sizes.find(({ size }) => size > 1)?.size ?? 1;
  const misfits = sizes.filter(({ size }) => size !== 1 && size !== batch);
  if (misfits.length === 0) return batch;
  throw new IssueError(misfits.map((misfit) => misfitIssue(misfit, batch)));
}

const misfitIssue = (
  { name, size }: { readonly name: string; readonly size: number },
  batch: number,
): Issue => ({
  code: "input.batch",
  message: `The input ${JSON.stringify(name)} holds ${size} samples, but the run has ${batch}.`,
  at: { path: ["inputs", name] },
  expected: `1 or ${batch}`,
  got: String(size),
  fix: "The first axis of a tensor counts its samples.",
});
