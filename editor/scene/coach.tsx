import { Hand, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { useRun, useStudio } from "../app/use-studio.ts";
import { preferences } from "../commands/page-preferences.ts";
import { lessons, nextLesson } from "./coach-state.ts";

/** What can be tried next, above the plane; it goes away once it was done, or is not wanted. */
export function Coach() {
  const { t } = useTranslation();
  const { editor, run } = useStudio();
  const lesson = nextLesson(useStore(preferences.hints).value);
  const isDone = useRun(({ phase }) => phase === "done");
  const [isReady, setReady] = useState(isDone);
  useEffect(() => setReady((before) => before || isDone), [isDone]);
  useEffect(() => {
    if (lesson === null) return undefined;
    if (lesson === "time")
      return run.subscribe(({ at }) => {
        if (at !== null) preferences.noteHints("time");
      });
    return editor.subscribe(({ history }) => {
      const last = history.past.at(-1);
      // While it is dragged nothing may move.
      if (last?.gesture === null && last.label.key.startsWith("viewers.scene.edits."))
        preferences.noteHints("line");
    });
  }, [lesson, editor, run]);
  if (lesson === null || !isReady) return null;
  return (
    <p className="scene-coach" role="status">
      <Hand size={14} aria-hidden />
      <span>{t(`viewers.coach.${lesson}`)}</span>
      <button
        type="button"
        className="viewers-icon"
        aria-label={t("viewers.coach.dismiss")}
        title={t("viewers.coach.dismiss")}
        onClick={() => preferences.noteHints(...lessons)}
      >
        <X size={14} aria-hidden />
      </button>
    </p>
  );
}
