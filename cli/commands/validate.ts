import { registry } from "../../nodes/index.ts";
import { IssueError, type Issue } from "../../runtime/base/issue.ts";
import { validate } from "../../runtime/graph/validate.ts";
import { missingAssets } from "../assets/missing.ts";
import { neededByDocument } from "../../runtime/compile/needed-assets.ts";
import { UsageError, type Command } from "../command.ts";
import type { ExitCode } from "../exit-code.ts";
import { shippedFile } from "../library.ts";
import { reportError, reportWarning } from "../report-issues.ts";
import { FileIssues, readGraphFile, readOwnTask, type GraphFile } from "../run/graph-file.ts";
import type { Terminal } from "../terminal.ts";

export const validateCommand: Command = {
  summary: "Checks graph files: names, types, params, zones, and that their files are there.",
  positionals: "GRAPH…",
  options: {},
  notes: [
    "A GRAPH is a file, or the name of a shipped sampler or task. Nothing is run, no file that it names is opened but its task.",
  ],
  async run({ positionals }, terminal) {
    if (positionals.length === 0) throw new UsageError("denoodle validate takes graph files.");
    let worst: ExitCode = 0;
    for (const file of positionals) if (!(await isValid(file, terminal))) worst = 1;
    return worst;
  },
};

async function isValid(name: string, terminal: Terminal): Promise<boolean> {
  try {
    const graph = await readGraphFile(name, shelfOf(name), terminal.cwd);
    for (const issue of graph.notes) reportWarning(issue, terminal, graph.shown);
    const issues = await faultsOf(graph);
    if (issues.length > 0) throw new FileIssues(graph.shown, issues);
    terminal.out(`${graph.shown}: ${terminal.colours.green("valid")}`);
    return true;
  } catch (error) {
    if (!(error instanceof IssueError)) throw error;
    reportError(error, terminal);
    return false;
  }
}

const shelfOf = (name: string) =>
  shippedFile("samplers", name) === null && shippedFile("tasks", name) !== null
    ? "tasks"
    : "samplers";

/** What is wrong in a file, and which files that it names are missing; its task's own faults are the task's. */
async function faultsOf(graph: GraphFile): Promise<readonly Issue[]> {
  const { document, folder } = graph;
  return [
    ...validate(document, registry),
    ...missingAssets(neededByDocument(document, registry, new Set()), folder),
    ...(await taskFaults(graph)),
  ];
}

async function taskFaults(graph: GraphFile): Promise<readonly Issue[]> {
  try {
    await readOwnTask(graph);
    return [];
  } catch (error) {
    if (!(error instanceof FileIssues)) throw error;
    if (error.file === graph.shown) return error.issues;
    const [first] = error.issues;
    const message = `The task ${error.file} is no graph file: ${first?.message ?? ""}`;
    return [{ code: "task.invalid", message, at: { path: ["task"] } }];
  }
}
