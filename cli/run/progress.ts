import { SingleBar } from "cli-progress";
import type { RunningEvent } from "../engine/engine-process.ts";

/** Shows how far a run is. */
export interface Progress {
  readonly take: (event: RunningEvent) => void;
  /** Removes the bar; later calls do nothing. */
  readonly stop: () => void;
}

export const noProgress: Progress = { take: () => {}, stop: () => {} };

/** A bar on a terminal: iterations of the current loop, network evaluations a second, time left. */
export function progressBar(
  stream: NodeJS.WritableStream,
  label: string,
  clock: () => number = () => performance.now(),
): Progress {
  const bar = new SingleBar(
    {
      stream,
      format: `${label}  {bar}  {value}/{total}  {rate} NFE/s  {left}`,
      hideCursor: true,
      clearOnComplete: true,
      barsize: 24,
      fps: 10,
    },
    { format: "", barCompleteChar: "━", barIncompleteChar: "─" },
  );
  let current: { zone: string; begun: number; nfe: number; from: number } | null = null;
  let stopped = false;
  return {
    take(event) {
      if (stopped || event.type !== "step") return;
      const now = clock();
      const done = event.iteration + 1;
      if (current?.zone !== event.zone) {
        if (current === null) bar.start(event.count, done, { rate: "…", left: "" });
        else bar.setTotal(event.count);
        current = { zone: event.zone, begun: now, nfe: event.nfe, from: done };
      }
      bar.update(done, pace(event, current, now));
    },
    stop() {
      if (!stopped && current !== null) bar.stop();
      stopped = true;
    },
  };
}

interface Since {
  readonly begun: number;
  readonly nfe: number;
  readonly from: number;
}

function pace(
  event: Extract<RunningEvent, { type: "step" }>,
  since: Since,
  now: number,
): { readonly rate: string; readonly left: string } {
  const seconds = (now - since.begun) / 1000;
  const steps = event.iteration + 1 - since.from;
  if (steps < 1 || seconds <= 0) return { rate: "…", left: "" };
  const rate = (event.nfe - since.nfe) / seconds;
  const left = ((event.count - event.iteration - 1) * seconds) / steps;
  return { rate: rate.toPrecision(3), left: `${formatSeconds(left)} left` };
}

/** `3.2 s`, `2 min 05 s`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}
