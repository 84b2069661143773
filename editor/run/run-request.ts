import type { Document } from "../../runtime/graph/document.ts";
import type { StudioRun } from "../../runtime/protocol/studio/requests.ts";
import { uiOf } from "../document/ui.ts";
import type { Breakpoint, RunSettings, WireName } from "./run-store.ts";

/** What differs between two runs of one document with the same settings. */
export interface Begin {
  readonly run: number;
  /** Stands still before the first iteration. */
  readonly paused: boolean;
  readonly from: NonNullable<StudioRun["from"]> | null;
  /** Wires that are kept besides those that the document probes. */
  readonly kept?: readonly WireName[];
  readonly breakpoints?: readonly Breakpoint[];
  /** The run before, where zones may be kept of it. */
  readonly after?: number | null;
}

/** Wires that a run keeps frames of. */
export const probesOf = (document: Document, kept: readonly WireName[]): WireName[] => [
  ...new Set([...uiOf(document).probes, ...kept]),
];

/** What a studio is asked to run; the link adds the own files that the document names. */
export function runRequest(
  document: Document,
  settings: RunSettings,
  { run, paused, from, kept = [], breakpoints = [], after = null }: Begin,
): StudioRun {
  const { seed, samples } = uiOf(document);
  return {
    type: "run",
    run,
    document,
    feeds: {},
    batch: samples,
    files: new Map(),
    options: {
      backend: settings.backend,
      seed,
      probes: probesOf(document, kept),
      breakpoints: [...breakpoints],
      paused,
    },
    ...(from === null ? {} : { from }),
    ...(after === null ? {} : { after }),
  };
}
