import { useMemo } from "react";
import { useAnalysis, useLacks, useRun } from "../app/use-studio.ts";
import { problemsOf, type Problem } from "./problem-list.ts";

/** All problems of the document and the run as they are now. */
export function useProblems(): readonly Problem[] {
  const analysis = useAnalysis((now) => now);
  const issues = useRun((run) => run.issues);
  const phase = useRun((run) => run.phase);
  const lacks = useLacks();
  return useMemo(
    () => problemsOf(analysis, { issues, phase }, lacks),
    [analysis, issues, phase, lacks],
  );
}
