import type { Document } from "../../runtime/graph/document.ts";
import type { StudioRun } from "../../runtime/protocol/studio/requests.ts";
import { uiOf } from "../document/ui.ts";
import type { RunSettings } from "./run-store.ts";

/** What differs between two runs of one document with the same settings. */
export interface Begin {
  readonly run: number;
  /** Stands still before the first iteration. */
  readonly paused: boolean;
  readonly from: NonNullable<StudioRun["from"]> | null;
}

/** How many samples a run has: as was set, else as the document says; null: as its inputs hold. */
export const samplesOf = (document: Document, { samples }: Pick<RunSettings, "samples">) =>
  samples ?? uiOf(document).samples;

export function runRequest(
  document: Document,
  settings: RunSettings,
  { run, paused, from }: Begin,
): StudioRun {
  const { backend, seed, breakpoints, files } = settings;
  return {
    type: "run",
    run,
    document,
    feeds: {},
    batch: samplesOf(document, settings),
    files: new Map(files),
    options: {
      backend,
      seed,
      probes: [...uiOf(document).probes],
      breakpoints: [...breakpoints],
      paused,
    },
    ...(from === null ? {} : { from }),
  };
}
