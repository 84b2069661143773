import type { Studio } from "../app/studio.ts";
import type { Issue } from "../../runtime/base/issue.ts";
import type { Key } from "../document/keys.ts";
import { keyOf } from "../document/keys.ts";
import { interfaceAt, placeOf } from "../document/places.ts";

/** Goes to the problem after (1) or before (-1) that of the selection, and says it. */
export function goToProblem({ analysis, editor, view, announce }: Studio, step: 1 | -1): void {
  const { document, issues } = analysis.getState();
  const { selection } = editor.getState();
  if (issues.length === 0) return announce({ key: "commands.problem.none" });
  const things = issues.map((issue) => thingOf(document, issue));
  const at = things.findIndex((thing) => thing !== null && selection.includes(thing));
  const start = at === -1 && step === -1 ? 0 : at;
  const next = (start + step + issues.length) % issues.length;
  const key = things[next] ?? null;
  view.setState({ bottom: "problems", ...(key === null ? {} : { flight: { key } }) });
  if (key !== null) editor.actions.select([key]);
  announce({
    key: "commands.problem.at",
    values: { number: next + 1, count: issues.length, message: issues[next]?.message ?? "" },
  });
}

/** The node, slot or output that has the problem. */
function thingOf(document: Parameters<typeof placeOf>[0], { at }: Issue): Key | null {
  const key = keyOf(at.path ?? []);
  if (interfaceAt(key) !== null) return key;
  return placeOf(document, key)?.key ?? null;
}
