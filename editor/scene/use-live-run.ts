import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Document } from "../../runtime/graph/document.ts";
import { useStudio } from "../app/use-studio.ts";
import type { Message, Recipe } from "../document/history.ts";
import type { RunState } from "../run/run-store.ts";

/** Edits that the run follows while they are made. */
export interface LiveRun {
  /** The document that the newest run began with; null where that is not known. */
  readonly ran: Document | null;
  /** A run began with other numbers and is not there yet: what was shown before is better to look at than its noise. */
  readonly held: boolean;
  /** An edit of the gesture of that name, which goes on until `end`. */
  readonly apply: (gesture: string, label: Message, recipe: Recipe) => void;
  readonly end: () => void;
}

/** After so long the particles of a run are shown on their way, in milliseconds. */
const patienceMs = 600;

const isGoing = ({ phase }: RunState): boolean => phase === "starting" || phase === "running";
const hasEnded: ReadonlySet<RunState["phase"]> = new Set(["done", "failed", "cancelled", "paused"]);

/** Runs again during a gesture: one run at a time, each to its end, the last with the last numbers. */
export function useLiveRun(): LiveRun {
  const { run, editor } = useStudio();
  const goesOn = useRef(false);
  /** Until a run with the last numbers of a gesture began, which may be after it ended. */
  const isOwed = useRef(false);
  const restart = useCallback((): void => {
    const state = run.getState();
    if (!state.stale) isOwed.current = false;
    else if (!isGoing(state) && state.phase !== "paused") run.actions.start();
  }, [run]);
  useEffect(
    () =>
      run.subscribe(({ phase }, before) => {
        if (phase === before.phase || !hasEnded.has(phase)) return;
        if (phase === "cancelled") isOwed.current = false;
        if (isOwed.current) setTimeout(restart, 0);
      }),
    [run, restart],
  );
  const { ran, held } = useBeginnings(goesOn);
  return useMemo(
    () => ({
      ran,
      held,
      apply(gesture, label, recipe) {
        goesOn.current = true;
        isOwed.current = true;
        editor.actions.edit({ label, gesture: `scene/${gesture}` }, recipe);
        restart();
      },
      end() {
        if (!goesOn.current) return;
        goesOn.current = false;
        editor.actions.endGesture();
        restart();
      },
    }),
    [ran, held, editor, restart],
  );
}

/** What runs began with, and whether what was shown before is to stay for a while. */
function useBeginnings(goesOn: { readonly current: boolean }): Pick<LiveRun, "ran" | "held"> {
  const { run, editor } = useStudio();
  const [held, setHeld] = useState(false);
  const [ran, setRan] = useState<Document | null>(() =>
    run.getState().run === null || run.getState().stale ? null : editor.getState().history.present,
  );
  useEffect(() => {
    let timer = 0;
    let last = ran;
    const began = (): void => {
      const document = editor.getState().history.present;
      if (last !== null && last !== document) {
        setHeld(true);
        window.clearTimeout(timer);
        timer = window.setTimeout(() => {
          if (!goesOn.current) setHeld(false);
        }, patienceMs);
      }
      last = document;
      setRan(document);
    };
    const stop = run.subscribe((now, before) => {
      if (now.run === null && before.run !== null) last = null;
      if (now.run !== null && now.run !== before.run) began();
      if (now.phase !== before.phase && hasEnded.has(now.phase)) setHeld(false);
    });
    return () => {
      window.clearTimeout(timer);
      stop();
    };
  }, [run, editor, goesOn]);
  return { ran, held };
}
