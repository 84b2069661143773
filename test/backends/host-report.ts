import { IssueError, type Issue } from "../../runtime/base/issue.ts";
import type { BackendId, ChosenBackend } from "../../runtime/execute/backend.ts";

/** What a host says of the backend that it was asked for; plain data. */
export interface HostReport {
  readonly id?: BackendId;
  readonly chosen?: string;
  readonly notices: readonly Issue[];
  /** Where there is no such backend: why. */
  readonly issues?: readonly Issue[];
}

/** The report on a backend that was made. */
export function hostReport({ backend, notices }: ChosenBackend): HostReport {
  return { id: backend.id, chosen: backend.chosen, notices };
}

/** The issues of an error, where it has them; an error of another kind goes by the code `raw`. */
export function issuesIn(error: unknown): readonly Issue[] {
  if (error instanceof IssueError) return error.issues;
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [{ code: "raw", message, at: {} }];
}
