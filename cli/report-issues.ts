import { formatIssue, type Issue, type IssueError } from "../runtime/base/issue.ts";
import { FileIssues } from "./run/graph-file.ts";
import type { Terminal } from "./terminal.ts";

/** One line: the file, the place in it, the sentence, the cure, the code. */
export function issueLine(issue: Issue, file?: string): string {
  const { path, iteration } = issue.at;
  const isInFile = file !== undefined && path !== undefined && path.length > 0;
  const at = isInFile ? { path, ...(iteration === undefined ? {} : { iteration }) } : issue.at;
  return `${file === undefined ? "" : `${file}: `}${formatIssue({ ...issue, at })}`;
}

/** Prints every issue of an error, each on its line. */
export function reportError(error: IssueError, terminal: Terminal, file?: string): void {
  const { red, dim } = terminal.colours;
  const where = error instanceof FileIssues ? error.file : file;
  for (const issue of error.issues) {
    terminal.err(`${red("error")} ${issueLine(issue, where)}`);
    if (issue.code === "internal" && issue.got !== undefined) terminal.err(dim(issue.got));
  }
}

export function reportWarning(issue: Issue, terminal: Terminal, file?: string): void {
  terminal.err(`${terminal.colours.yellow("warning")} ${issueLine(issue, file)}`);
}
