import type { Issue } from "../../runtime/base/issue.ts";
import type { Document } from "../../runtime/graph/document.ts";
import type { Analysis } from "../document/analysis.ts";
import { keyOf, keyOfNode, uiNameOf, type Key } from "../document/keys.ts";
import type { RunPhase } from "../run/run-store.ts";
import { thingAround } from "../inspector/thing.ts";
import { unreadInputs } from "./unread-inputs.ts";

export type Severity = "error" | "warning";

/** An issue as the list shows it. */
export interface Problem {
  /** Unique in the list, and the same while the issue is. */
  readonly id: string;
  readonly issue: Issue;
  readonly severity: Severity;
  /** What found it. */
  readonly from: "graph" | "run";
  /** Where to go; null where it belongs to nothing that can be shown. */
  readonly key: Key | null;
  /** The place in words: `anneal/denoise · in x`. */
  readonly place: string;
}

/**
 * Everything that is wrong: first what keeps the graph from running, in the order of the file, then files that it
 * lacks, then what the run found, then inputs that nothing reads. A run that failed found errors; one that went on found warnings.
 */
export function problemsOf(
  analysis: Analysis,
  run: { readonly issues: readonly Issue[]; readonly phase: RunPhase },
  lacks: readonly Issue[] = [],
): readonly Problem[] {
  const { document } = analysis;
  const issues = [...analysis.issues, ...lacks];
  const seen = new Set(issues.map(({ message }) => message));
  const severity: Severity = run.phase === "failed" ? "error" : "warning";
  const all = [
    ...issues.map((issue) => problemOf(document, issue, "graph", "error")),
    ...run.issues
      .filter(({ message }) => !seen.has(message))
      .map((issue) => problemOf(document, issue, "run", severity)),
    ...unreadInputs(document).map((issue) => problemOf(document, issue, "graph", "warning")),
  ];
  return withOwnIds([...all.filter(isError), ...all.filter((problem) => !isError(problem))]);
}

/** Several of one kind at one place are counted. */
function withOwnIds(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Map<string, number>();
  return problems.map((problem) => {
    const count = (seen.get(problem.id) ?? 0) + 1;
    seen.set(problem.id, count);
    return count === 1 ? problem : { ...problem, id: `${problem.id} ${count}` };
  });
}

const isError = ({ severity }: Problem): boolean => severity === "error";

function problemOf(
  document: Document,
  issue: Issue,
  from: Problem["from"],
  severity: Severity,
): Problem {
  const { path, node } = issue.at;
  const written = path === undefined ? null : keyOf(path);
  const key = written ?? (node === undefined ? null : keyOfNode(document, node));
  const thing = key === null ? null : thingAround(document, key);
  return {
    id: `${issue.code} ${key ?? ""}`,
    issue,
    severity,
    from,
    key: thing === null ? null : key,
    place:
      thing === null
        ? ""
        : placeText(thing.kind === "wire" ? thing.read.target : thing.key, key ?? ""),
  };
}

/** The node, and the part of it. */
function placeText(thing: Key, key: Key): string {
  const part = key
    .slice(thing.length + 1)
    .split("/")
    .filter((word) => word !== "");
  return [uiNameOf(thing), ...(part.length === 0 ? [] : [part.join(" ")])].join(" · ");
}

/** The problem after the one chosen, or before it; around the ends. */
export function stepFrom(
  problems: readonly Problem[],
  id: string | null,
  step: 1 | -1,
): Problem | null {
  const at = problems.findIndex((problem) => problem.id === id);
  const from = at < 0 && step < 0 ? 0 : at;
  return problems[(from + step + problems.length) % Math.max(1, problems.length)] ?? null;
}
