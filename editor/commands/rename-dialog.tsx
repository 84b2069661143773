import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useEditor, useStudio } from "../app/use-studio.ts";
import { rename, whyNotRename } from "../document/edits/rename.ts";
import type { Key } from "../document/keys.ts";
import { idOf } from "../document/keys.ts";
import { DialogFrame } from "./dialog-frame.tsx";

/** Gives what is selected another name; every wire and expression that reads it follows. */
export function RenameDialog() {
  const { t } = useTranslation();
  const key = useEditor(({ selection }) => selection[0] ?? null);
  return (
    <DialogFrame name="rename" title={t("commands.edit.rename")}>
      {key === null ? null : <RenameForm key={key} of={key} />}
    </DialogFrame>
  );
}

function RenameForm({ of }: { readonly of: Key }) {
  const { t } = useTranslation();
  const { editor, view } = useStudio();
  const document = useEditor(({ history }) => history.present);
  const [name, setName] = useState(idOf(of));
  const id = useId();
  const fault = whyNotRename(document, of, name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (fault !== null) return;
    let to = of;
    editor.actions.edit(
      { label: { key: "commands.done.rename", values: { from: idOf(of), to: name } } },
      (draft) => {
        to = rename(draft, of, name);
      },
    );
    editor.actions.select([to]);
    view.setState({ dialog: null });
  };
  return (
    <form className="commands-form" onSubmit={submit}>
      <label htmlFor={id}>{t("commands.rename.name")}</label>
      <input
        id={id}
        className="commands-field"
        value={name}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={fault !== null}
        aria-describedby={`${id}-fault`}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setName(event.target.value)}
      />
      <p id={`${id}-fault`} className="commands-fault" role="alert">
        {fault === null ? null : t(fault.key, fault.values ?? {})}
      </p>
      <button type="submit" className="commands-button" data-main disabled={fault !== null}>
        {t("commands.rename.do")}
      </button>
    </form>
  );
}
