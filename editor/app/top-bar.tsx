import { Redo2, Search, Undo2, Waypoints } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { KeyCaps } from "../commands/key-caps.tsx";
import { useEditor, useStudio } from "./use-studio.ts";

interface Props {
  /** The file's name and menu. */
  readonly file: ReactNode;
  /** Run, pause, step, stop. */
  readonly run: ReactNode;
  /** What stands at the right end. */
  readonly more: ReactNode;
}

export function TopBar({ file, run, more }: Props) {
  const { t } = useTranslation();
  const { editor, view } = useStudio();
  const last = useEditor(({ history }) => history.past.at(-1)?.label ?? null);
  const next = useEditor(({ history }) => history.future[0]?.label ?? null);
  const button = (way: "undo" | "redo", label: typeof last, Icon: typeof Undo2) => {
    const what =
      label === null ? t(`app.${way}`) : `${t(`app.${way}`)}: ${t(label.key, label.values ?? {})}`;
    return (
      <button
        type="button"
        className="app-icon-button"
        disabled={label === null}
        onClick={() => void editor.actions[way]()}
        aria-label={what}
        title={what}
      >
        <Icon size={16} />
      </button>
    );
  };
  return (
    <header className="app-bar" aria-label={t("app.bar")}>
      <div className="app-bar-side">
        <h1 className="app-mark">
          <Waypoints size={18} aria-hidden />
          <span>{t("app.name")}</span>
        </h1>
        {file}
        {button("undo", last, Undo2)}
        {button("redo", next, Redo2)}
      </div>
      {run}
      <div className="app-bar-side">
        <button
          type="button"
          className="app-icon-button app-search"
          onClick={() => view.setState({ dialog: "commands" })}
        >
          <Search size={14} aria-hidden />
          <span>{t("app.search")}</span>
          <KeyCaps keys="$mod+k" />
        </button>
        {more}
      </div>
    </header>
  );
}
