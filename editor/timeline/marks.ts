import type { UiBreakpoint } from "../document/ui.ts";
import type { RunState } from "../run/run-store.ts";
import { tracksIn } from "./timeline-model.ts";

/** Something of note at a step. */
export interface Mark {
  readonly kind:
    | "not-finite"
    | "failed"
    /** A breakpoint that holds the run there now. */
    | "held"
    | "breakpoint"
    | "breakpoint-off"
    /** The run ended there, before its count. */
    | "ended"
    /** The run went on from another: its own first step. */
    | "forked";
  readonly iteration: number;
  /** What it is about: a wire, a sentence. */
  readonly name: string;
}

/** The condition of a breakpoint that stops at one step of a zone. */
export const atIteration = (iteration: number): string => `step == ${iteration + 1}`;

export function marksOf(
  state: RunState,
  zone: string,
  breakpoints: readonly UiBreakpoint[],
): readonly Mark[] {
  return [
    ...stopsOf(zone, breakpoints),
    ...forksOf(state, zone),
    ...badFrames(state, zone),
    ...failuresOf(state, zone),
    ...endOf(state, zone),
    ...heldAt(state),
  ];
}

function stopsOf(zone: string, breakpoints: readonly UiBreakpoint[]): readonly Mark[] {
  return breakpoints.flatMap((breakpoint): readonly Mark[] => {
    const [, from, at] = /^\s*(step|iteration)\s*==\s*(\d+)\s*$/u.exec(breakpoint.condition) ?? [];
    if (breakpoint.wire !== null || breakpoint.zone !== zone || at === undefined) return [];
    const kind = breakpoint.enabled ? "breakpoint" : "breakpoint-off";
    return [{ kind, iteration: from === "step" ? Number(at) - 1 : Number(at), name: zone }];
  });
}

function forksOf({ from }: RunState, zone: string): readonly Mark[] {
  const marks: Mark[] = [];
  for (let fork = from; fork !== null; fork = fork.from)
    if (fork.zone === zone) marks.push({ kind: "forked", iteration: fork.iteration, name: zone });
  return marks;
}

/** The first frame of each wire that holds what is no number. */
const badFrames = (state: RunState, zone: string): readonly Mark[] =>
  tracksIn(state, zone).flatMap(({ wire, frames }): readonly Mark[] => {
    const [iteration] = frames.find(({ summary }) => summary.notFinite > 0)?.iteration ?? [];
    return iteration === undefined ? [] : [{ kind: "not-finite", iteration, name: wire }];
  });

const failuresOf = ({ phase, issues }: RunState, zone: string): readonly Mark[] =>
  issues.flatMap(({ at, message }): readonly Mark[] => {
    const [iteration] = at.iteration ?? [];
    const isHere = phase === "failed" && at.zone === zone && iteration !== undefined;
    return isHere ? [{ kind: "failed", iteration, name: message }] : [];
  });

function endOf({ phase, zones }: RunState, zone: string): readonly Mark[] {
  const progress = zones[zone];
  const hasEnded = phase === "done" || phase === "cancelled";
  if (!hasEnded || progress === undefined || progress.iteration >= progress.count) return [];
  return [{ kind: "ended", iteration: Math.max(0, progress.iteration - 1), name: zone }];
}

function heldAt({ pausedBy }: RunState): readonly Mark[] {
  if (pausedBy?.kind !== "breakpoint") return [];
  const [iteration = 0] = pausedBy.iteration;
  return [{ kind: "held", iteration, name: pausedBy.wire ?? "" }];
}
