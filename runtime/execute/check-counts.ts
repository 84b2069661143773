import { IssueError, type Issue } from "../base/issue.ts";
import type { Plan } from "../compile/plan-regions.ts";
import type { Loop, Region } from "../compile/region.ts";
import { evaluate, leavesOf, newFrame } from "../trace/host.ts";

/**
 * Looks at the length of every loop that the run is sure to enter and whose length its numbers tell.
 *
 * @throws IssueError `zone.count`, `zone.lengths`, all of them; nothing has been executed.
 */
export function checkCounts(
  { compiled, of }: Plan,
  given: Readonly<Record<string, number>> = {},
): void {
  const params = [...compiled.params].map(([key, { host, value }]) => ({
    key,
    host,
    value: given[key] ?? value,
  }));
  const frame = newFrame(compiled.root.scope, null);
  for (const { host, value } of params) frame.values.set(host, value);
  const issues: Issue[] = [];
  const lengthOf = ({ count }: Loop): number | undefined => {
    const leaves = leavesOf(count);
    if (![...leaves].every((leaf) => frame.values.has(leaf))) return undefined;
    try {
      return evaluate(count, frame);
    } catch (error) {
      if (!(error instanceof IssueError)) throw error;
      const from = params.filter(({ host }) => leaves.has(host));
      const said = from.map(({ key, value }) => `${key} (${value})`).join(", ");
      issues.push(...error.issues.map((issue) => ({ ...issue, fix: `It comes of ${said}.` })));
      return undefined;
    }
  };
  const look = (region: Region): void => {
    for (const step of of(region).steps)
      if (step.kind === "loop" && (lengthOf(step) ?? 0) > 0 && step.condition === undefined)
        look(step.body);
  };
  look(compiled.root);
  if (issues.length > 0) throw new IssueError(issues);
}
