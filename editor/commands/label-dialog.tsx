import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useEditor, useStudio } from "../app/use-studio.ts";
import type { Key } from "../document/keys.ts";
import { idOf } from "../document/keys.ts";
import { labelOf } from "../document/ui.ts";
import { DialogFrame } from "./dialog-frame.tsx";
import { label } from "./set-label.ts";

/** Gives the selected node a name for people; its id stays. */
export function LabelDialog() {
  const { t } = useTranslation();
  const key = useEditor(({ selection }) => selection[0] ?? null);
  return (
    <DialogFrame name="label" title={t("commands.edit.label")}>
      {key === null ? null : <LabelForm key={key} of={key} />}
    </DialogFrame>
  );
}

function LabelForm({ of }: { readonly of: Key }) {
  const { t } = useTranslation();
  const { editor, view } = useStudio();
  const document = useEditor(({ history }) => history.present);
  const [text, setText] = useState(labelOf(document, of) ?? "");
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    label(editor, of, text);
    view.setState({ dialog: null });
  };
  return (
    <form className="commands-form" onSubmit={submit}>
      <label htmlFor={id}>{t("commands.label.name")}</label>
      <input
        id={id}
        className="commands-field"
        value={text}
        maxLength={200}
        autoComplete="off"
        aria-describedby={`${id}-hint`}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setText(event.target.value)}
      />
      <p id={`${id}-hint`} className="commands-description">
        {t("commands.label.hint", { id: idOf(of) })}
      </p>
      <button type="submit" className="commands-button" data-main>
        {t("commands.label.do")}
      </button>
    </form>
  );
}
