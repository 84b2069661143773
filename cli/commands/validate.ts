import { registry } from "../../nodes/index.ts";
import { IssueError } from "../../runtime/base/issue.ts";
import { UsageError, type Command } from "../command.ts";
import type { ExitCode } from "../exit-code.ts";
import { reportError, reportWarning } from "../report-issues.ts";
import { readGraphFile } from "../run/graph-file.ts";
import { checkDocument } from "../run/read-run.ts";
import type { Terminal } from "../terminal.ts";

export const validateCommand: Command = {
  summary: "Checks graph files: names, types, params, zones. Nothing is run.",
  positionals: "GRAPH…",
  options: {},
  notes: ["A GRAPH is a file, or the name of a shipped sampler."],
  async run({ positionals }, terminal) {
    if (positionals.length === 0) throw new UsageError("denoodle validate takes graph files.");
    let worst: ExitCode = 0;
    for (const file of positionals) if (!(await isValid(file, terminal))) worst = 1;
    return worst;
  },
};

async function isValid(name: string, terminal: Terminal): Promise<boolean> {
  try {
    const graph = await readGraphFile(name, "samplers", terminal.cwd);
    for (const issue of graph.notes) reportWarning(issue, terminal, graph.shown);
    checkDocument(graph, registry);
    terminal.out(`${graph.shown}: ${terminal.colours.green("valid")}`);
    return true;
  } catch (error) {
    if (!(error instanceof IssueError)) throw error;
    reportError(error, terminal);
    return false;
  }
}
