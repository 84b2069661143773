import { useMemo } from "react";
import type { Issue } from "../../../runtime/base/issue.ts";
import { useAnalysis } from "../../app/use-studio.ts";
import type { Key } from "../../document/keys.ts";

/** What is wrong at a key or below it. */
export function useIssues(key: Key): readonly Issue[] {
  const analysis = useAnalysis((now) => now);
  return useMemo(() => analysis.issuesAt(key), [analysis, key]);
}
