import { isSameConvention } from "./convention.ts";
import type { OwnPriorState } from "./own-prior-store.ts";
import type { AnswerTo } from "./prior-checks.ts";

export type Finding = AnswerTo<"test">["findings"][number];
export type Verdict = Finding["verdict"] | "untested";

type Known = Pick<OwnPriorState, "draft" | "test" | "tested" | "rank" | "ranked">;

/** What the tests found of the convention as it is said now; older findings are of another one. */
export function findingsNow({ draft, test, tested, rank, ranked }: Known): readonly Finding[] {
  const isOf = (of: typeof tested): boolean =>
    of !== null && isSameConvention(of, draft.convention);
  return [
    ...(rank.is === "done" && isOf(ranked) ? rank.answer.findings : []),
    ...(test.is === "done" && isOf(tested) ? test.answer.findings : []),
  ];
}

/** The worst of the findings. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  const worst = (["fail", "warn", "pass"] as const).find((verdict) =>
    findings.some((finding) => finding.verdict === verdict),
  );
  return worst ?? "untested";
}
