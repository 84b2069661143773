import type { Studio } from "../app/studio.ts";
import { goTo } from "../inspector/go-to.ts";
import { thingAround } from "../inspector/thing.ts";
import { problemsOf, stepFrom, type Problem } from "../problems/problem-list.ts";

/**
 * Goes to the problem after (1) or before (-1) the last one gone to, or that of what was selected since, of the graph or
 * of its run, and says it.
 */
export function goToProblem(studio: Studio, step: 1 | -1): void {
  const { analysis, editor, lacks, run, view, announce } = studio;
  const now = analysis.getState();
  const { selection } = editor.getState();
  const problems = problemsOf(now, run.getState(), lacks.getState());
  const isSelected = ({ key }: Problem): boolean => {
    const thing = key === null ? null : thingAround(now.document, key);
    return thing !== null && selection.includes(thing.key);
  };
  const { problem } = view.getState();
  const last = problems.find(({ id }) => id === problem);
  const isStillThere = last !== undefined && (last.key === null || isSelected(last));
  const from = isStillThere ? last : problems.find(isSelected);
  const next = stepFrom(problems, from?.id ?? null, step);
  if (next === null) return announce({ key: "commands.problem.none" });
  view.setState({ bottom: "problems", problem: next.id });
  if (next.key !== null) goTo(studio, next.key);
  announce({
    key: "commands.problem.at",
    values: {
      number: problems.indexOf(next) + 1,
      count: problems.length,
      message: next.issue.message,
    },
  });
}
