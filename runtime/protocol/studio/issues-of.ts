import { IssueError, issueError, type Issue } from "../../base/issue.ts";

/** What was thrown, as what a page is told. */
export function issuesOf(error: unknown): readonly Issue[] {
  if (error instanceof IssueError) return error.issues;
  const message = error instanceof Error ? error.message : String(error);
  return issueError("internal", `Denoodle made a mistake of its own: ${message}.`).issues;
}
