import { existsSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { IssueError, issueError, type Issue } from "../../runtime/base/issue.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { filesLike, shippedFile, shippedLike, suggestedFile, type Shelf } from "../library.ts";

type GraphShelf = Extract<Shelf, "samplers" | "tasks" | "blocks">;

/** A graph file that was read; its names are not checked yet. */
export interface GraphFile {
  /** As messages name it. */
  readonly shown: string;
  /** The folder that its own files are looked for in. */
  readonly folder: string;
  readonly document: Document;
  /** What was migrated, and fields that are not known here. */
  readonly notes: readonly Issue[];
}

/** Issues of one file. */
export class FileIssues extends IssueError {
  readonly file: string;
  constructor(file: string, issues: readonly Issue[]) {
    super(issues);
    this.file = file;
  }
}

/** A file's text may be this long; parsing refuses longer ones in any case. */
const mostBytes = 64 * 2 ** 20;

/**
 * The graph of a path, or of a name in Denoodle's own library.
 *
 * @throws IssueError `graph.missing`; FileIssues when it is no graph file.
 */
export async function readGraphFile(
  name: string,
  shelf: GraphShelf,
  folder: string,
): Promise<GraphFile> {
  const path = findGraph(name, shelf, folder);
  const text = await readText(path, name);
  const { document, issues, notes } = readDocument(text);
  const shown = shownPath(path, folder);
  if (document === null) throw new FileIssues(shown, issues);
  return { shown, folder: dirname(path), document, notes };
}

async function readText(path: string, name: string): Promise<string> {
  if (statSync(path).size > mostBytes)
    throw issueError("document.size", `${JSON.stringify(name)} is too large for a graph file.`);
  return readFile(path, "utf8");
}

/**
 * The path of a graph file by its path or its name in Denoodle's own library.
 *
 * @throws IssueError `graph.missing`
 */
export function findGraph(name: string, shelf: GraphShelf, folder: string): string {
  const path = resolve(folder, name);
  const isThere = existsSync(path);
  if (isThere && !statSync(path).isDirectory()) return path;
  // A folder of results may be called like a shipped graph.
  const shipped = shippedFile(shelf, name);
  if (shipped !== null) return shipped;
  if (isThere)
    throw issueError("graph.missing", `${JSON.stringify(name)} is a folder, not a graph file.`);
  const beside = filesLike(shelf, dirname(path), dirname(name));
  const near = suggestedFile(name, [...beside, ...shippedLike(shelf, name)]);
  throw issueError(
    "graph.missing",
    `There is no graph file ${JSON.stringify(name)}, and no shipped ${shelf.slice(0, -1)} of that name.`,
    {},
    near === undefined ? {} : { fix: near },
  );
}

/**
 * The task that a graph names; null where it names none.
 *
 * @throws FileIssues at the graph's `task` when it is not there; of the task's file when that is none.
 */
export async function readOwnTask(graph: GraphFile): Promise<GraphFile | null> {
  const { task } = graph.document;
  if (task === undefined) return null;
  try {
    return await readGraphFile(task, "tasks", graph.folder);
  } catch (error) {
    if (!(error instanceof IssueError) || error instanceof FileIssues) throw error;
    const issues = error.issues.map((issue) => ({ ...issue, at: { path: ["task"] } }));
    throw new FileIssues(graph.shown, issues);
  }
}

/** Relative where that is shorter. */
export function shownPath(path: string, folder: string): string {
  const short = relative(folder, path);
  return short === "" || short.startsWith("..") ? path : short;
}
