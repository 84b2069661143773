import "./own-prior.css";
import { Check, CircleAlert, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { essentials } from "../../nodes/prior/parametrisation.ts";
import { ConventionStep } from "./convention-step.tsx";
import { isComplete } from "./convention.ts";
import { FileStep } from "./file-step.tsx";
import { KeepStep } from "./keep-step.tsx";
import { steps, type OwnPriorState, type Step } from "./own-prior-store.ts";
import { TestStep } from "./test-step.tsx";
import { useOwnPrior, useOwnPriorActions, useOwnPriorStore } from "./use-own-prior.ts";
import { findingsNow, verdictOf } from "./verdict.ts";

/** From a model file to a prior, step by step; every step that can be made can be gone to. */
export function Wizard() {
  const step = useOwnPrior((state) => state.step);
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = body.current;
    if (element === null) return;
    element.scrollTop = 0;
    // a button that is gone has taken the keyboard with it
    if (document.activeElement === document.body) element.focus();
  }, [step]);
  return (
    <div className="own-prior">
      <Steps />
      <div className="own-prior-main">
        <div className="own-prior-body" ref={body} tabIndex={-1}>
          {step === "file" && <FileStep />}
          {step === "convention" && <ConventionStep />}
          {step === "test" && <TestStep />}
          {step === "keep" && <KeepStep />}
        </div>
        <Foot />
      </div>
    </div>
  );
}

/** Whether the model was read, and all its tensors have their roles: what comes after can be done. */
const isRead = ({ read }: OwnPriorState): boolean =>
  read.is === "done" &&
  read.answer.issues.length === 0 &&
  read.answer.faults.every(({ code }) => code !== "model.external");

function Steps() {
  const { t } = useTranslation();
  const { go } = useOwnPriorActions();
  const state = useStore(useOwnPriorStore());
  return (
    <nav className="own-prior-steps" aria-label={t("priors.steps")}>
      <ol>
        {steps.map((step, i) => (
          <li key={step}>
            <button
              type="button"
              aria-current={step === state.step ? "step" : undefined}
              disabled={step !== "file" && !isRead(state)}
              onClick={() => go(step)}
            >
              <Mark mark={markOf(step, state)} number={i + 1} />
              <span>
                <b>{t(`priors.step.${step}`)}</b>
                <small>{t(`priors.step.${step}About`)}</small>
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Nothing is open, and what was guessed has passed its test. */
function isSure(state: OwnPriorState): boolean {
  const { sources } = state.draft;
  const isGuessed = essentials.some((field) => sources[field] === "usual");
  return isComplete(state.draft) && (!isGuessed || verdictOf(findingsNow(state)) === "pass");
}

type MarkName = "none" | "good" | "doubt" | "bad";

function markOf(step: Step, state: OwnPriorState): MarkName {
  if (step === "file") return isRead(state) ? "good" : state.read.is === "failed" ? "bad" : "none";
  if (step === "convention") return isRead(state) && isSure(state) ? "good" : "none";
  if (step === "keep") return state.kept === null ? "none" : "good";
  const marks = { pass: "good", warn: "doubt", fail: "bad", untested: "none" } as const;
  return marks[verdictOf(findingsNow(state))];
}

const icons = { good: Check, doubt: CircleAlert, bad: X } as const;

function Mark({ mark, number }: { readonly mark: MarkName; readonly number: number }) {
  const { t } = useTranslation();
  const Icon = mark === "none" ? null : icons[mark];
  return (
    <span className="own-prior-mark" data-mark={mark}>
      {Icon === null ? number : <Icon size={13} aria-label={t(`priors.mark.${mark}`)} />}
    </span>
  );
}

function Foot() {
  const { t } = useTranslation();
  const { go } = useOwnPriorActions();
  const step = useOwnPrior((state) => state.step);
  const mayGoOn = useOwnPrior(isRead);
  const at = steps.indexOf(step);
  const [before, after] = [steps[at - 1], steps[at + 1]];
  return (
    <footer className="own-prior-foot">
      {before !== undefined && (
        <button type="button" className="storage-button" onClick={() => go(before)}>
          {t("priors.back")}
        </button>
      )}
      {after !== undefined && (
        <button
          type="button"
          className="storage-button storage-button-main"
          disabled={!mayGoOn}
          onClick={() => go(after)}
        >
          {t("priors.next", { step: t(`priors.step.${after}`) })}
        </button>
      )}
    </footer>
  );
}
