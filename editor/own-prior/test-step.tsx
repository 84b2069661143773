import { CircleAlert, CircleCheck, CircleX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { isComplete, isSameConvention } from "./convention.ts";
import { Faults } from "./faults.tsx";
import { Going } from "./going.tsx";
import { LevelChart, VarianceChart } from "./level-chart.tsx";
import type { AnswerTo } from "./prior-checks.ts";
import { Ranking } from "./ranking.tsx";
import { Samples } from "./samples.tsx";
import { useOwnPrior, useOwnPriorActions, useOwnPriorStore } from "./use-own-prior.ts";
import { findingsNow, verdictOf } from "./verdict.ts";

/** Known noise is put on pictures and taken off again: in the convention that was said, and in all others. */
export function TestStep() {
  const { t } = useTranslation();
  const test = useOwnPrior((state) => state.test);
  const isSaid = useOwnPrior(({ draft }) => isComplete(draft));
  return (
    <>
      <Going ask="test" work={test} />
      {test.is === "failed" && <Faults faults={test.faults} />}
      {test.is === "done" && <Result answer={test.answer} />}
      {test.is === "none" && !isSaid && <p className="own-prior-lead">{t("priors.test.open")}</p>}
      {test.is === "none" && isSaid && <Again />}
      <Ranking />
    </>
  );
}

function Again() {
  const { t } = useTranslation();
  const { test } = useOwnPriorActions();
  return (
    <p className="own-prior-lead">
      <button type="button" className="storage-button" onClick={() => void test()}>
        {t("priors.test.start")}
      </button>
    </p>
  );
}

function Result({ answer }: { readonly answer: AnswerTo<"test"> }) {
  const { t } = useTranslation();
  const isOfThis = useOwnPrior(
    ({ tested, draft }) => tested !== null && isSameConvention(tested, draft.convention),
  );
  const { asked, levels, synthetic, pictures } = answer;
  return (
    <>
      <div className="own-prior-verdict-head">
        <VerdictMark />
        <p>
          <b translate="no">{asked}</b>
          <br />
          {synthetic
            ? t("priors.test.madeUp", { count: pictures })
            : t("priors.test.pictures", { count: pictures })}
        </p>
      </div>
      {!isOfThis && <Again />}
      <Samples answer={answer} />
      <div className="own-prior-charts">
        <LevelChart levels={levels} />
        <VarianceChart levels={levels} />
      </div>
      <Findings />
    </>
  );
}

const marks = { pass: CircleCheck, warn: CircleAlert, fail: CircleX } as const;

/** Passed, doubtful or failed, by mark and by word. */
export function VerdictMark() {
  const { t } = useTranslation();
  const verdict = verdictOf(findingsNow(useStore(useOwnPriorStore())));
  const Mark = marks[verdict === "untested" ? "warn" : verdict];
  return (
    <span className="own-prior-verdict" data-verdict={verdict} role="status">
      <Mark size={16} aria-hidden />
      {t(`priors.verdict.${verdict}`)}
    </span>
  );
}

function Findings() {
  const { t } = useTranslation();
  const findings = findingsNow(useStore(useOwnPriorStore()));
  return (
    <ul className="own-prior-findings">
      {findings.map(({ verdict, message }) => {
        const Mark = marks[verdict];
        return (
          <li key={message} data-verdict={verdict}>
            <Mark size={15} aria-label={t(`priors.finding.${verdict}`)} />
            <span>{message}</span>
          </li>
        );
      })}
    </ul>
  );
}
