import type { Studio } from "../app/studio.ts";
import type { Document } from "../../runtime/graph/document.ts";
import type { Key } from "../document/keys.ts";
import { interfaceAt, placeOf } from "../document/places.ts";
import { problemsOf } from "../problems/problem-list.ts";

/** Goes to the problem after (1) or before (-1) that of the selection, of the graph or of its run, and says it. */
export function goToProblem(studio: Studio, step: 1 | -1): void {
  const { analysis, editor, lacks, run, view, announce } = studio;
  const now = analysis.getState();
  const { selection } = editor.getState();
  const problems = problemsOf(now, run.getState(), lacks.getState());
  if (problems.length === 0) return announce({ key: "commands.problem.none" });
  const things = problems.map(({ key }) => (key === null ? null : thingOf(now.document, key)));
  const at = things.findIndex((thing) => thing !== null && selection.includes(thing));
  const start = at === -1 && step === -1 ? 0 : at;
  const next = (start + step + problems.length) % problems.length;
  const key = things[next] ?? null;
  view.setState({ bottom: "problems", ...(key === null ? {} : { flight: { key } }) });
  if (key !== null) editor.actions.select([key]);
  announce({
    key: "commands.problem.at",
    values: {
      number: next + 1,
      count: problems.length,
      message: problems[next]?.issue.message ?? "",
    },
  });
}

/** The node, slot or output that has the problem. */
const thingOf = (document: Document, key: Key): Key | null =>
  interfaceAt(key) === null ? (placeOf(document, key)?.key ?? null) : key;
