import { useTranslation } from "react-i18next";
import { useEditor, useStudio } from "../app/use-studio.ts";
import type { Entry } from "../document/history.ts";
import { DialogFrame } from "./dialog-frame.tsx";

/** Every edit, newest first; choosing one goes back or forward to it. */
export function HistoryDialog() {
  const { t } = useTranslation();
  return (
    <DialogFrame
      name="history"
      title={t("commands.past.title")}
      description={t("commands.past.description")}
    >
      <Entries />
    </DialogFrame>
  );
}

function Entries() {
  const { t } = useTranslation();
  const past = useEditor(({ history }) => history.past);
  const future = useEditor(({ history }) => history.future);
  const rows = [...past, ...future].map((entry, i) => ({ entry, count: i + 1 })).toReversed();
  return (
    <ol className="commands-scroll commands-past" reversed>
      {rows.map(({ entry, count }) => (
        <EntryRow key={count} entry={entry} count={count} now={past.length} />
      ))}
      <li>
        <EntryButton count={0} now={past.length} label={t("commands.past.start")} />
      </li>
    </ol>
  );
}

function EntryRow({
  entry,
  ...place
}: {
  readonly entry: Entry;
  readonly count: number;
  readonly now: number;
}) {
  const { t } = useTranslation();
  return (
    <li>
      <EntryButton {...place} label={t(entry.label.key, entry.label.values ?? {})} />
    </li>
  );
}

interface ButtonProps {
  /** Entries that are done when it is chosen. */
  readonly count: number;
  readonly now: number;
  readonly label: string;
}

function EntryButton({ count, now, label }: ButtonProps) {
  const { editor } = useStudio();
  return (
    <button
      type="button"
      className="commands-entry"
      data-ahead={count > now}
      aria-current={count === now ? "step" : undefined}
      onClick={() => editor.actions.goTo(count)}
    >
      {label}
    </button>
  );
}
