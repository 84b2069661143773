/** Where an issue is: the path into the file, and the node, port, zone and iteration where known. */
export interface IssueAt {
  readonly path?: readonly (string | number)[];
  readonly node?: string;
  readonly port?: string;
  readonly zone?: string;
  readonly iteration?: readonly number[];
}

/**
 * Something the user can mend, as data. `code` is stable (`graph.cycle`, `port.mismatch`, …);
 * `message` is a whole plain sentence: where, the rule, what came; `fix` is the cure.
 */
export interface Issue {
  readonly code: string;
  readonly message: string;
  readonly at: IssueAt;
  readonly expected?: string;
  readonly got?: string;
  readonly fix?: string;
}

/** Thrown once, at a border, with every issue found there. */
export class IssueError extends Error {
  override readonly name = "IssueError";
  readonly issues: readonly Issue[];
  constructor(issues: readonly Issue[], options?: ErrorOptions) {
    super(issues.map(formatIssue).join("\n"), options);
    this.issues = issues;
  }
}

/** One line for a terminal: place, sentence, cure, code last. */
export function formatIssue({ code, message, at, fix }: Issue): string {
  const place = formatPlace(at);
  const cure = fix === undefined ? "" : ` ${fix}`;
  return `${place === "" ? "" : `${place}: `}${message}${cure} [${code}]`;
}

function formatPlace({ path, node, port, iteration }: IssueAt): string {
  const file = path?.join(".");
  const place = node === undefined ? file : port === undefined ? node : `${node}.${port}`;
  const when =
    iteration === undefined || iteration.length === 0 ? "" : ` (iteration ${iteration.join(", ")})`;
  return place === undefined ? "" : `${place}${when}`;
}

/** An `IssueError` of one issue: `throw issueError("tensor.shape", "…", { node })`. */
export function issueError(
  code: string,
  message: string,
  at: IssueAt = {},
  more: Pick<Issue, "expected" | "got" | "fix"> = {},
): IssueError {
  return new IssueError([{ code, message, at, ...more }]);
}
