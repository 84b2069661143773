import type { RunState } from "./run-store.ts";

/** Whether a run is on its way and can be asked to stand still, also before its first word. */
export const goesOn = ({ phase }: Pick<RunState, "phase">): boolean =>
  phase === "starting" || phase === "running";
