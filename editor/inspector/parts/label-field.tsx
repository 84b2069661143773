import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useEditor, useStudio } from "../../app/use-studio.ts";
import { label } from "../../commands/set-label.ts";
import { idOf, type Key } from "../../document/keys.ts";
import { labelOf } from "../../document/ui.ts";

/** What a node is called where it is drawn, to be written over; empty, it is called by its type. */
export function LabelField({ of }: { readonly of: Key }) {
  const { t } = useTranslation();
  const { editor } = useStudio();
  const [typed, setTyped] = useState<string | null>(null);
  const now = useEditor(({ history }) => labelOf(history.present, of) ?? "");
  const take = (): void => {
    if (typed !== null) label(editor, of, typed);
    setTyped(null);
  };
  return (
    <input
      type="text"
      className="inspector-text"
      autoComplete="off"
      maxLength={200}
      placeholder={t("inspector.empty")}
      aria-label={t("inspector.labelOf", { name: idOf(of) })}
      value={typed ?? now}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onBlur={take}
      onKeyDown={({ key, currentTarget }) => {
        if (key === "Escape") setTyped(null);
        if (key === "Enter") currentTarget.blur();
      }}
    />
  );
}
