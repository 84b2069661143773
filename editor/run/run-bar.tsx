import { CircleStop, Pause, Play, RotateCw, StepForward } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useRun, useStudio } from "../app/use-studio.ts";
import { BackendMenu } from "./backend-menu.tsx";
import { RunNumbers } from "./run-numbers.tsx";
import { RunState } from "./run-status.tsx";
import { goesOn } from "./goes-on.ts";
import "./run.css";

/** Run, pause, step and stop, what a run is asked for, and how far it has come. */
export function RunBar() {
  const { t } = useTranslation();
  return (
    <section className="run-bar" aria-label={t("run.bar")}>
      <div className="run-buttons" role="group" aria-label={t("run.controls")}>
        <StartButton />
        <PauseButton />
        <StepButton />
        <StopButton />
      </div>
      <RunNumbers />
      <BackendMenu />
      <RunState />
    </section>
  );
}

function StartButton() {
  const { t } = useTranslation();
  const { run } = useStudio();
  const phase = useRun((state) => state.phase);
  const stale = useRun((state) => state.stale);
  const { actions } = run;
  if (phase === "paused")
    return (
      <Button name={t("run.resume")} keys="F5" className="run-start" onClick={actions.resume}>
        <Play size={15} />
      </Button>
    );
  const isAgain = phase !== "idle" && !stale;
  return (
    <Button
      name={t(isAgain ? "run.again" : "run.start")}
      keys="F5"
      className="run-start"
      onClick={actions.start}
    >
      {isAgain ? <RotateCw size={15} /> : <Play size={15} />}
    </Button>
  );
}

function PauseButton() {
  const { t } = useTranslation();
  const { run } = useStudio();
  const isRunning = useRun(goesOn);
  return (
    <Button name={t("run.pause")} keys="F6" disabled={!isRunning} onClick={run.actions.pause}>
      <Pause size={15} />
    </Button>
  );
}

function StepButton() {
  const { t } = useTranslation();
  const { run } = useStudio();
  return (
    <Button name={t("run.step")} keys="F11" onClick={run.actions.step}>
      <StepForward size={15} />
    </Button>
  );
}

function StopButton() {
  const { t } = useTranslation();
  const { run } = useStudio();
  const isGoing = useRun(({ phase }) => ["starting", "running", "paused"].includes(phase));
  return (
    <Button name={t("run.cancel")} keys="Shift+F5" disabled={!isGoing} onClick={run.actions.cancel}>
      <CircleStop size={15} />
    </Button>
  );
}

interface ButtonProps {
  readonly name: string;
  readonly keys: string;
  readonly disabled?: boolean;
  readonly className?: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Button({ name, keys, disabled = false, className = "", onClick, children }: ButtonProps) {
  return (
    <button
      type="button"
      className={`run-button ${className}`}
      aria-label={name}
      aria-keyshortcuts={keys}
      title={`${name} (${keys})`}
      disabled={disabled}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
