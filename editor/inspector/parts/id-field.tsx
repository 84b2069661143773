import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStudio } from "../../app/use-studio.ts";
import { rename, whyNotRename } from "../../document/edits/rename.ts";
import { idOf, type Key } from "../../document/keys.ts";
import { Faults } from "./faults.tsx";

interface Props {
  readonly of: Key;
  /** What is selected once it is called otherwise; the thing itself, where left out. A rail keeps its zone selected. */
  readonly select?: Key;
}

/** A name of the file, to be written over: what would clash is refused in words while it is typed. */
export function IdField({ of, select }: Props) {
  const { t } = useTranslation();
  const { editor } = useStudio();
  const [typed, setTyped] = useState<string | null>(null);
  const id = useId();
  const now = idOf(of);
  const isChanged = typed !== null && typed !== now;
  const why = isChanged ? whyNotRename(editor.getState().history.present, of, typed) : null;
  const take = (): void => {
    setTyped(null);
    if (!isChanged || why !== null) return;
    const label = { key: "edits.rename", values: { from: now, to: typed } };
    let key = of;
    editor.actions.edit({ label }, (draft) => {
      key = rename(draft, of, typed);
    });
    editor.actions.select([select ?? key]);
  };
  const refused = why === null ? null : t(why.key, { ...why.values });
  return (
    <>
      <input
        type="text"
        className="inspector-text inspector-mono"
        spellCheck={false}
        autoComplete="off"
        aria-label={t("inspector.idOf", { name: now })}
        aria-invalid={why !== null}
        aria-describedby={why === null ? undefined : id}
        value={typed ?? now}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        onBlur={take}
        onKeyDown={({ key, currentTarget }) => {
          if (key === "Escape") setTyped(null);
          if (key === "Enter") currentTarget.blur();
        }}
      />
      <Faults id={id} issues={[]} refused={refused} />
    </>
  );
}
