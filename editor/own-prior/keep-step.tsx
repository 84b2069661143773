import { Check, Download } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { useEditor, useStudio } from "../app/use-studio.ts";
import { askForSampler } from "../gallery/sampler-request.ts";
import { pageFiles } from "../storage/file-access.ts";
import { cardText } from "./card-of.ts";
import { isComplete } from "./convention.ts";
import { Faults } from "./faults.tsx";
import { cardNow } from "./own-prior-store.ts";
import { priorSlots, putIntoSlot } from "./prior-slots.ts";
import { VerdictMark } from "./test-step.tsx";
import { useOwnPrior, useOwnPriorActions, useOwnPriorStore } from "./use-own-prior.ts";
import { findingsNow, verdictOf } from "./verdict.ts";

/** The model is kept with its card, and put to use. */
export function KeepStep() {
  const { t } = useTranslation();
  const { setName } = useOwnPriorActions();
  const name = useOwnPrior((state) => state.name);
  const keeping = useOwnPrior((state) => state.keeping);
  const verdict = verdictOf(findingsNow(useStore(useOwnPriorStore())));
  const isSaid = useOwnPrior(({ draft }) => isComplete(draft));
  return (
    <>
      <div className="own-prior-verdict-head">
        <VerdictMark />
        <p>{t(`priors.keep.${isSaid ? verdict : "open"}`)}</p>
      </div>
      <label className="own-prior-number own-prior-name">
        <span>{t("priors.keep.name")}</span>
        <input
          value={name}
          maxLength={80}
          spellCheck={false}
          onChange={({ target }) => setName(target.value)}
        />
      </label>
      {keeping !== "none" && keeping !== "going" && <Faults faults={[keeping]} />}
      <Uses />
      <CardText />
    </>
  );
}

function Uses() {
  const { t } = useTranslation();
  const { editor, view, announce } = useStudio();
  const { keep } = useOwnPriorActions();
  const kept = useOwnPrior((state) => state.kept);
  const keeping = useOwnPrior((state) => state.keeping);
  const name = useOwnPrior((state) => state.name.trim());
  const slots = priorSlots(useEditor(({ history }) => history.present));
  const [chosen, setChosen] = useState<string | null>(null);
  const slot = chosen ?? slots[0];
  const isBusy = keeping === "going" || name === "";
  const use = async () => {
    const file = await keep();
    if (file === null || slot === undefined) return;
    putIntoSlot(editor, slot, file.name);
    view.setState({ dialog: null });
    announce({ key: "priors.keep.used", values: { name: file.name, slot } });
  };
  const start = async () => {
    const file = await keep();
    if (file !== null) askForSampler(view, file.name);
  };
  return (
    <div className="own-prior-uses">
      {slot !== undefined && (
        <Use
          main
          title={t("priors.keep.use")}
          about={t("priors.keep.useAbout", { slot })}
          disabled={isBusy}
          onUse={use}
        >
          {slots.length > 1 && (
            <select
              aria-label={t("priors.keep.slot")}
              value={slot}
              onChange={({ target }) => setChosen(target.value)}
            >
              {slots.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
          )}
        </Use>
      )}
      <Use
        title={t("priors.keep.start")}
        about={t("priors.keep.startAbout")}
        disabled={isBusy}
        onUse={start}
      />
      <Use
        title={t("priors.keep.only")}
        about={
          kept === null ? t("priors.keep.onlyAbout") : t("priors.keep.kept", { name: kept.name })
        }
        done={kept !== null}
        disabled={isBusy}
        onUse={keep}
      />
    </div>
  );
}

interface UseProps {
  readonly title: string;
  readonly about: string;
  readonly disabled: boolean;
  readonly onUse: () => Promise<unknown>;
  /** It is what most people want. */
  readonly main?: boolean;
  /** Whether it is done already, where that is told. */
  readonly done?: boolean;
  readonly children?: ReactNode;
}

/** One thing that can be done with the model, and what that means. */
function Use({ title, about, disabled, onUse, main = false, done, children }: UseProps) {
  return (
    <div>
      <button
        type="button"
        className={`storage-button ${main ? "storage-button-main" : ""}`}
        disabled={disabled}
        onClick={() => void onUse()}
      >
        {title}
      </button>
      {children}
      <span role={done === undefined ? undefined : "status"}>
        {done === true && <Check size={14} aria-hidden />}
        {about}
      </span>
    </div>
  );
}

/** The card as it is kept and downloaded. */
function CardText() {
  const { t } = useTranslation();
  const name = useOwnPrior((state) => state.name);
  const card = cardNow(useStore(useOwnPriorStore()));
  if (card === null) return null;
  const text = cardText(card);
  const download = () =>
    pageFiles(globalThis as unknown as Window).download(
      `${name}.json`,
      new Blob([text], { type: "application/json" }),
    );
  return (
    <details className="own-prior-card">
      <summary>{t("priors.keep.card")}</summary>
      <p className="own-prior-note">
        {t("priors.keep.cardAbout")}{" "}
        <button type="button" className="own-prior-link" onClick={download}>
          <Download size={13} aria-hidden /> {t("priors.keep.download")}
        </button>
      </p>
      <textarea
        readOnly
        rows={12}
        wrap="off"
        spellCheck={false}
        aria-label={t("priors.keep.card")}
        value={text}
      />
    </details>
  );
}
