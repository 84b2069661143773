import { CircleCheck, CircleX, TriangleAlert } from "lucide-react";
import { useEffect, useRef, type KeyboardEvent, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { useRun, useStudio, useView } from "../app/use-studio.ts";
import { goTo } from "../inspector/go-to.ts";
import { stepText } from "../run/step-text.ts";
import { ChooseMissing } from "../own-files/choose-missing.tsx";
import { FixButtons } from "./fix-buttons.tsx";
import { stepFrom, type Problem, type Severity } from "./problem-list.ts";
import { useProblems } from "./use-problems.ts";
import "./problems.css";

/** Everything that is wrong with the graph and its run: a press goes there, arrows move from one to the next. */
export function ProblemsPanel() {
  const { t } = useTranslation();
  const studio = useStudio();
  const list = useRef<HTMLDivElement>(null);
  const problems = useProblems();
  const chosen = useView(({ problem }) => problem);
  const choose = (problem: string) => studio.view.setState({ problem });
  const active = problems.find(({ id }) => id === chosen) ?? problems[0];
  const focus = (problem: Problem | null): void => {
    if (problem === null) return;
    choose(problem.id);
    list.current?.querySelector<HTMLElement>(`[data-problem="${CSS.escape(problem.id)}"]`)?.focus();
  };
  const mended = useFocusAfterMend(problems, list, focus);
  const show = ({ id, key, issue }: Problem): void => {
    choose(id);
    const { zone, iteration } = issue.at;
    if (zone !== undefined && iteration !== undefined) studio.run.actions.scrub(iteration, zone);
    if (key !== null) goTo(studio, key);
  };
  const press = (event: KeyboardEvent): void => {
    const next = nextOf(event, problems, active?.id ?? null);
    if (next === undefined) return;
    event.preventDefault();
    focus(next);
  };
  return (
    <div
      className="problems"
      ref={list}
      role="region"
      tabIndex={-1}
      aria-label={t("problems.label")}
      onKeyDown={press}
    >
      {problems.length === 0 && <Empty />}
      {(["error", "warning"] as const).map((severity) => (
        <Group
          key={severity}
          severity={severity}
          problems={problems.filter((problem) => problem.severity === severity)}
          active={active?.id ?? null}
          onShow={show}
          onMend={mended}
        />
      ))}
    </div>
  );
}

/**
 * A mend takes its own button away: the keyboard goes to the problem that stands there next, or to the list where none is
 * left. What it returns is to be told of a problem that is mended.
 */
function useFocusAfterMend(
  problems: readonly Problem[],
  list: RefObject<HTMLElement | null>,
  focus: (problem: Problem | null) => void,
): (mended: Problem) => void {
  const place = useRef<number | null>(null);
  useEffect(() => {
    const at = place.current;
    place.current = null;
    if (at === null) return;
    const next = problems[Math.min(at, problems.length - 1)];
    if (next === undefined) list.current?.focus();
    else focus(next);
    // Only a list that changed has an answer.
  }, [problems]);
  return (mended) => (place.current = problems.indexOf(mended));
}

function nextOf(
  { key }: KeyboardEvent,
  problems: readonly Problem[],
  id: string | null,
): Problem | null | undefined {
  if (key === "ArrowDown") return stepFrom(problems, id, 1);
  if (key === "ArrowUp") return stepFrom(problems, id, -1);
  if (key === "Home") return problems[0] ?? null;
  return key === "End" ? (problems.at(-1) ?? null) : undefined;
}

function Empty() {
  const { t } = useTranslation();
  const phase = useRun((run) => run.phase);
  return (
    <div className="problems-empty">
      <CircleCheck size={20} aria-hidden="true" />
      <p>{t("problems.none")}</p>
      <p className="problems-soft">
        {t(phase === "done" ? "problems.noneAfterRun" : "problems.noneYet")}
      </p>
    </div>
  );
}

interface GroupProps {
  readonly severity: Severity;
  readonly problems: readonly Problem[];
  readonly active: string | null;
  readonly onShow: (problem: Problem) => void;
  readonly onMend: (problem: Problem) => void;
}

function Group({ severity, problems, active, ...does }: GroupProps) {
  const { t } = useTranslation();
  if (problems.length === 0) return null;
  return (
    <section className="problems-group">
      <h3>{t(`problems.${severity}`, { count: problems.length })}</h3>
      <ul>
        {problems.map((problem) => (
          <Row key={problem.id} problem={problem} active={problem.id === active} {...does} />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly problem: Problem;
  readonly active: boolean;
  readonly onShow: (problem: Problem) => void;
  readonly onMend: (problem: Problem) => void;
}

function Row({ problem, active, onShow, onMend }: RowProps) {
  const { t } = useTranslation();
  const { issue, severity, place, from, id } = problem;
  const Icon = severity === "error" ? CircleX : TriangleAlert;
  return (
    <li className="problems-row" data-severity={severity}>
      <button
        type="button"
        className="problems-place"
        data-problem={id}
        tabIndex={active ? 0 : -1}
        onClick={() => onShow(problem)}
      >
        <Icon size={14} aria-hidden="true" />
        <span className="problems-words">
          <span>{issue.message}</span>
          {issue.fix !== undefined && <span className="problems-cure"> {issue.fix}</span>}
        </span>
        <span className="problems-where">
          {place === "" ? t("problems.nowhere") : place}
          {from === "run" && <span className="problems-tag">{t("problems.ofRun")}</span>}
          {issue.at.iteration !== undefined && issue.at.iteration.length > 0 && (
            <span className="problems-tag">
              {t("problems.step", { step: stepText(issue.at.iteration) })}
            </span>
          )}
        </span>
      </button>
      <span className="problems-cures">
        <FixButtons issue={issue} onMend={() => onMend(problem)} />
        <ChooseMissing issue={issue} />
      </span>
    </li>
  );
}
