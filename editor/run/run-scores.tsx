import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useRun, useStudio } from "../app/use-studio.ts";
import type { RunScores as Scores } from "./run-store.ts";
import { scoreTable, type ScoreTable } from "./score-table.ts";

/** So long must a run have been done that nobody is about to start the next. */
const settledMs = 300;

/** How good the result is, beside the original; nothing where there is none to compare with. */
export function RunScores() {
  const { t } = useTranslation();
  const table = useScores();
  if (table === null) return null;
  return (
    <table className="run-scores" aria-label={t("run.scores.label")} title={t("run.scores.hint")}>
      <thead>
        <tr>
          <td />
          {table.columns.map((name) => (
            <th key={name} scope="col" translate="no">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map(({ of, cells }) => (
          <tr key={of}>
            <th scope="row">{t(`run.scores.${of}`)}</th>
            {table.columns.map((name, i) => (
              <td key={name} translate="no">
                {cells[i]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface Kept {
  readonly run: number;
  readonly scores: Scores | null;
  readonly before: Scores | null;
}

/** Those of the run that is shown, once they are there, beside those of the one before it. */
function useScores(): ScoreTable | null {
  const { run } = useStudio();
  const [kept, keep] = useState<Kept | null>(null);
  const number = useRun((state) => state.run);
  const isDone = useRun(({ phase }) => phase === "done");
  useEffect(() => {
    // Another document was opened.
    if (number === null) keep(null);
    if (number === null || !isDone) return undefined;
    let isWanted = true;
    const timer = setTimeout(() => {
      void run.actions.score().then((scores) => {
        if (isWanted) keep((last) => ({ run: number, scores, before: scoresBefore(last, number) }));
      });
    }, settledMs);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [run, number, isDone]);
  if (kept === null || kept.run !== number || kept.scores === null) return null;
  return scoreTable(kept.scores, kept.before);
}

const scoresBefore = (last: Kept | null, run: number): Scores | null =>
  last?.run === run ? last.before : (last?.scores ?? null);
