import "./commands.css";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStudio } from "../app/use-studio.ts";
import { happened } from "./said.ts";

/** How long a message stays in sight, in ms. */
const shownFor = 5000;

/** Messages of what the page shows by itself: they are only read. */
const seenAnyway: ReadonlySet<string> = new Set(["commands.said.selected"]);

/** Reads out every edit, undo and message; shows the messages that were asked for. */
export function Announcer() {
  const spoken = useSpoken();
  const [shown, setShown] = useState<string | null>(null);
  useEffect(() => {
    setShown(spoken.shown ? spoken.text : null);
    const timer = setTimeout(() => setShown(null), shownFor);
    return () => clearTimeout(timer);
  }, [spoken]);
  const turns = [0, 1];
  return (
    <>
      {turns.map((turn) => (
        <div key={turn} className="visually-hidden" role="status" aria-live="polite" data-announcer>
          {spoken.turn % 2 === turn ? spoken.text : ""}
        </div>
      ))}
      {shown === null ? null : (
        <div className="commands-toast" aria-hidden>
          {shown}
        </div>
      )}
    </>
  );
}

/** The words last said. Two regions take turns, so that the same words are read again. */
interface Spoken {
  readonly text: string;
  readonly turn: number;
  /** In sight too, not only read. */
  readonly shown: boolean;
}

function useSpoken(): Spoken {
  const { t } = useTranslation();
  const { editor, view } = useStudio();
  const [spoken, setSpoken] = useState<Spoken>({ text: "", turn: 0, shown: false });
  useEffect(() => {
    const say = (text: string, shown: boolean) =>
      setSpoken(({ turn }) => ({ text, turn: turn + 1, shown }));
    const stopEdits = editor.subscribe(({ history }, { history: before }) => {
      const what = happened(before, history);
      if (what === null) return;
      const labels = what.labels.map(({ key, values }) => t(key, values ?? {}));
      say(t(`commands.said.${what.how}`, { what: labels.join("; ") }), false);
    });
    const stopWords = view.subscribe(({ said }, before) => {
      if (said === null || said === before.said) return;
      say(t(said.message.key, said.message.values ?? {}), !seenAnyway.has(said.message.key));
    });
    return () => {
      stopEdits();
      stopWords();
    };
  }, [t, editor, view]);
  return spoken;
}
