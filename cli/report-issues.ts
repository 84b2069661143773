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

/** What is told so that a person knows, though nothing is wrong. */
const noteCodes: ReadonlySet<string> = new Set([
  "output.left-out",
  "backend.fallback",
  "migrated",
  "input.shaped",
  "run.repeated",
]);

/** Prints what did not stop a run: `note` where nothing is wrong, else `warning`. */
export function reportWarning(issue: Issue, terminal: Terminal, file?: string): void {
  const { dim, yellow } = terminal.colours;
  const word = noteCodes.has(issue.code) ? dim("note") : yellow("warning");
  terminal.err(`${word} ${issueLine(issue, file)}`);
}

/** `reportWarning` for the length of a run: each line once. */
export function warnOnce(terminal: Terminal): (issue: Issue, file?: string) => void {
  const said = new Set<string>();
  return (issue, file) => {
    const line = issueLine(issue, file);
    if (!said.has(line)) reportWarning(issue, terminal, file);
    said.add(line);
  };
}
