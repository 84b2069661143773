import { noProgress } from "./run-progress.ts";
import type { RunState } from "./run-store.ts";

/** A page where this document has not been run. */
export const noRun = {
  ...noProgress,
  run: null,
  ran: null,
  from: null,
  leads: {},
  at: null,
  atZone: null,
  stale: false,
  staleWhy: null,
  interrupted: null,
} satisfies Partial<RunState>;

/** A page that has just been opened. */
export const firstState: RunState = {
  ...noRun,
  where: "browser",
  backend: "auto",
  places: [],
  connection: null,
};
