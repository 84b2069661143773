import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Issue } from "../../runtime/base/issue.ts";
import { useView } from "../app/use-studio.ts";
import { DialogFrame } from "../commands/dialog-frame.tsx";
import type { FileQuestion } from "./storage-state.ts";
import { useStorage, useStored } from "./use-storage.ts";

/** Says why a file was not opened, or asks what to do with one that another tab or program has changed. */
export function FileDialog() {
  const { t } = useTranslation();
  const { state } = useStorage();
  const question = useStored((stored) => stored.question);
  const open = useView(({ dialog }) => dialog === "file");
  // closed by Escape or by its corner, which answers nothing
  useEffect(() => {
    if (!open) state.setState({ question: null });
  }, [open, state]);
  const name = question === null ? "" : nameOf(question);
  const kind = question?.kind ?? "refused";
  return (
    <DialogFrame
      name="file"
      title={t(`storage.question.${kind}.title`, { name })}
      description={t(`storage.question.${kind}.about`, { name })}
    >
      {question !== null && <Question question={question} />}
    </DialogFrame>
  );
}

const nameOf = (question: FileQuestion): string =>
  question.kind === "elsewhere" ? question.opening.fileName : question.fileName;

function Question({ question }: { readonly question: FileQuestion }) {
  const { t } = useTranslation();
  const { actions } = useStorage();
  if (question.kind === "refused")
    return (
      <>
        <p className="storage-why">{t(question.why.key, question.why.values ?? {})}</p>
        <Issues issues={question.issues} />
        <Answers answers={[["storage.question.refused.close", () => actions.dismiss()]]} />
      </>
    );
  if (question.kind === "elsewhere")
    return (
      <Answers
        answers={[
          ["storage.question.cancel", () => actions.answerElsewhere("cancel")],
          ["storage.question.elsewhere.read", () => actions.answerElsewhere("read")],
          ["storage.question.elsewhere.copy", () => actions.answerElsewhere("copy")],
        ]}
      />
    );
  return (
    <Answers
      answers={[
        ["storage.question.cancel", () => actions.answerChanged("cancel")],
        ["storage.question.changed.overwrite", () => actions.answerChanged("overwrite")],
        ["storage.question.changed.saveAs", () => actions.answerChanged("saveAs")],
      ]}
    />
  );
}

const mostShown = 8;

function Issues({ issues }: { readonly issues: readonly Issue[] }) {
  const { t } = useTranslation();
  if (issues.length === 0) return null;
  return (
    <ul className="storage-issues">
      {issues.slice(0, mostShown).map(({ code, message, at }) => (
        <li key={`${code} ${at.path?.join(".")} ${message}`}>
          {at.path !== undefined && at.path.length > 0 && <code>{at.path.join(".")}</code>}
          {message}
        </li>
      ))}
      {issues.length > mostShown && (
        <li>{t("storage.question.refused.more", { count: issues.length - mostShown })}</li>
      )}
    </ul>
  );
}

type Answer = readonly [key: string, run: () => void | Promise<void>];

/** The last one is what is meant most of the time. */
function Answers({ answers }: { readonly answers: readonly Answer[] }) {
  const { t } = useTranslation();
  return (
    <div className="storage-answers">
      {answers.map(([key, run], i) => (
        <button
          key={key}
          type="button"
          className={`storage-button${i === answers.length - 1 ? " storage-button-main" : ""}`}
          autoFocus={i === answers.length - 1}
          onClick={() => void run()}
        >
          {t(key)}
        </button>
      ))}
    </div>
  );
}
