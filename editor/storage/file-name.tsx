import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useEditor, useStudio } from "../app/use-studio.ts";

/** The document's name, changed in its place: Enter keeps it, Escape does not. */
export function FileName() {
  const { t } = useTranslation();
  const { editor } = useStudio();
  const name = useEditor(({ history }) => history.present.name);
  const fixed = useEditor(({ file }) => file.readOnly === true);
  const [typed, setTyped] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const keep = () => {
    const next = typed?.trim() ?? "";
    setTyped(null);
    if (next === "" || next === name) return;
    editor.actions.edit(
      { label: { key: "storage.edit.rename", values: { name: next } } },
      (draft) => {
        draft.name = next;
      },
    );
  };
  return (
    <span className="storage-name" data-value={typed ?? name}>
      <input
        ref={input}
        className="storage-name-input"
        size={1}
        value={typed ?? name}
        readOnly={fixed}
        maxLength={200}
        spellCheck={false}
        aria-label={t("storage.name")}
        title={name}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === "Enter") input.current?.blur();
          if (event.key !== "Escape" || typed === null) return;
          event.stopPropagation();
          setTyped(null);
        }}
      />
    </span>
  );
}
