import { useMemo } from "react";
import type { Issue } from "../../../runtime/base/issue.ts";
import { useAnalysis } from "../../app/use-studio.ts";
import { keyOf, type Key } from "../../document/keys.ts";

/** Parts of a thing that show their own faults. */
const shownElsewhere = new Set([
  "params",
  "in",
  "states",
  "each",
  "scans",
  "body",
  "then",
  "else",
  "stop",
  "while",
]);

/** What is wrong with a thing itself: not with a param, a wire or a rail of it, nor with what it holds. */
export function useOwnIssues(key: Key): readonly Issue[] {
  const analysis = useAnalysis((now) => now);
  return useMemo(
    () =>
      analysis.issuesAt(key).filter(({ at }) => {
        const [part = "", ...more] = keyOf(at.path ?? [])
          .slice(key.length + 1)
          .split("/");
        const isOfZone = (part === "body" || part === "each") && more.length === 0;
        return isOfZone || !shownElsewhere.has(part);
      }),
    [analysis, key],
  );
}
