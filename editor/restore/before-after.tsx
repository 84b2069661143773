import "./restore.css";
import { Archive, CircleStop, Download, RotateCw, Waypoints } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useEditor, useRun, useStudio } from "../app/use-studio.ts";
import { uiOf } from "../document/ui.ts";
import { ChooseMissing } from "../own-files/choose-missing.tsx";
import type { PageLibrary } from "../run/library.ts";
import { trackOf } from "../run/output-frames.ts";
import type { RunState as RunStatus } from "../run/run-store.ts";
import { RunState } from "../run/run-status.tsx";
import { runCommand } from "../storage/run-command.ts";
import { useStorage, useStored } from "../storage/use-storage.ts";
import { shownFrame } from "../viewers/parts/shown-frame.ts";
import { useFrame } from "../viewers/parts/use-frame.ts";
import { measuredPicture, restoredWire } from "./compared.ts";
import { nameOfAfter, nameOfBefore } from "./compared-names.ts";
import { restoredPicture } from "./restored-picture.ts";
import { restoredPng } from "./save-picture.ts";
import { useBefore } from "./use-before.ts";
import { Wipe } from "./wipe.tsx";

interface Props {
  readonly library: Pick<PageLibrary, "manifest" | "urlOf">;
}

/** The comparison, how far the run is, and what can be kept of it. */
export function BeforeAfter({ library }: Props) {
  const document = useEditor(({ history }) => history.present);
  const before = useBefore(library, measuredPicture(document));
  const shown = useFrame(restoredWire);
  const after = useMemo(() => shown && restoredPicture(shown.frame), [shown]);
  const phase = useRun((state) => state.phase);
  const step = useRun(stepShown);
  return (
    <div className="restore-result">
      <Wipe
        before={before}
        after={after}
        nameBefore={nameOfBefore(document)}
        nameAfter={nameOfAfter(phase, step, after !== null)}
      />
      <div className="restore-progress">
        <RunState />
        <StartOrStop />
      </div>
      <Faults />
      <Command />
      <Actions />
    </div>
  );
}

/** The step of the outermost zone that is looked at, from 1. */
function stepShown(state: RunStatus): number | null {
  const track = trackOf(state, restoredWire);
  const iteration = track?.frames[shownFrame(track, state.at)]?.iteration[0];
  return iteration === undefined ? null : iteration + 1;
}

const going = new Set(["starting", "running", "paused"]);

function StartOrStop() {
  const { t } = useTranslation();
  const { run } = useStudio();
  const isGoing = useRun(({ phase }) => going.has(phase));
  return (
    <button
      type="button"
      className="storage-button"
      onClick={() => (isGoing ? run.actions.cancel() : run.actions.start())}
    >
      {isGoing ? <CircleStop size={15} aria-hidden /> : <RotateCw size={15} aria-hidden />}
      {t(isGoing ? "run.cancel" : "run.again")}
    </button>
  );
}

/** What kept the run from its end. */
function Faults() {
  const issues = useRun((state) => (state.phase === "failed" ? state.issues : none));
  if (issues.length === 0) return null;
  return (
    <ul className="restore-faults" role="alert">
      {issues.map((issue) => (
        <li key={`${issue.code} ${issue.message}`}>
          {issue.message} {issue.fix}
          <ChooseMissing issue={issue} />
        </li>
      ))}
    </ul>
  );
}

const none = [] as const;

/** The command line that gives the same picture. */
function Command() {
  const { t } = useTranslation();
  const fileName = useStored(({ origin }) => origin.fileName);
  const document = useEditor(({ history }) => history.present);
  return (
    <p className="restore-soft">
      {t("restore.compare.command")} <code>{runCommand(fileName, uiOf(document))}</code>
    </p>
  );
}

function Actions() {
  const { t } = useTranslation();
  const { run, view } = useStudio();
  const { actions } = useStorage();
  const name = useEditor(({ history }) => history.present.name);
  const isDone = useRun(({ phase, stale }) => phase === "done" && !stale);
  const save = async () => {
    const png = await restoredPng(run);
    if (png !== null) actions.download(`${name}.png`, png);
  };
  return (
    <div className="restore-actions">
      <button
        type="button"
        className="storage-button"
        onClick={() => view.setState({ dialog: null })}
      >
        <Waypoints size={15} aria-hidden />
        {t("restore.compare.graph")}
      </button>
      <button type="button" className="storage-button" onClick={() => void actions.saveBundle()}>
        <Archive size={15} aria-hidden />
        {t("restore.compare.bundle")}
      </button>
      <button
        type="button"
        className="storage-button storage-button-main"
        disabled={!isDone}
        onClick={() => void save()}
      >
        <Download size={15} aria-hidden />
        {t("restore.compare.save")}
      </button>
    </div>
  );
}
