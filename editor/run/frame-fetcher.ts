import { own } from "../../runtime/graph/own.ts";
import type { StudioEvent } from "../../runtime/protocol/studio/messages.ts";
import type { StudioRequest } from "../../runtime/protocol/studio/requests.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { createFrameCache } from "./frame-cache.ts";
import { isGiven, isOutput } from "./output-frames.ts";
import { runOf } from "./forked.ts";
import { frameAt, zoneOf } from "./place.ts";
import type { RunActions, RunState, WireName } from "./run-store.ts";
import { createTickets } from "./tickets.ts";

/** Asks the studio for frames; those that were not recorded are computed again while the run stands still. */
export interface FrameFetcher extends Pick<RunActions, "frame" | "inspect" | "score"> {
  readonly hear: (event: StudioEvent) => void;
  /** What was asked of the run before is not answered any more, and its frames are let go. */
  readonly forget: () => void;
}

export interface Surroundings {
  readonly state: () => RunState;
  readonly send: (request: StudioRequest) => void;
}

export function createFrameFetcher({ state, send }: Surroundings): FrameFetcher {
  const tickets = createTickets();
  const cache = createFrameCache();
  const fetchFrame = async (
    wire: WireName,
    iteration: readonly number[],
  ): Promise<TensorData | null> => {
    const run = runOf(state(), zoneOf(wire, state().zones), iteration);
    if (run === null) return null;
    const known = cache.find(run, wire, iteration);
    if (known !== null) return known;
    const { ticket, answer } = tickets.open(true);
    send({ type: "frame", run, ticket, wire, iteration: [...iteration] });
    const frame = (await answer).frames.get(wire) ?? null;
    if (frame !== null) cache.keep(run, wire, iteration, frame);
    return frame;
  };
  const inspect: FrameFetcher["inspect"] = async (wires, at, zone) => {
    const [first = ""] = wires;
    const inZone = zone ?? zoneOf(first, state().zones) ?? "";
    const run = runOf(state(), inZone, at);
    if (run === null) return new Map();
    const { ticket, answer } = tickets.open(false);
    send({ type: "inspect", run, ticket, zone: inZone, iteration: [...at], wires: [...wires] });
    const { frames } = await answer;
    for (const [wire, frame] of frames) cache.keep(run, wire, at, frame);
    return frames;
  };
  const together = inspectTogether(inspect);
  const frame: FrameFetcher["frame"] = async (asked, at) => {
    const wire = sourceOf(state(), asked, at);
    const iteration = lastFinite(state(), asked, at) ?? iterationOf(state(), wire, at);
    if (iteration !== null) return fetchFrame(wire, iteration).catch(() => null);
    const place = placeToInspect(state(), wire, at);
    if (place === null) return null;
    const zone = zoneOf(wire, state().zones) ?? "";
    const run = runOf(state(), zone, place);
    const known = run === null ? null : cache.find(run, wire, place);
    if (known !== null) return known;
    return (await together(wire, place, zone).catch(() => null))?.get(wire) ?? null;
  };
  const score: FrameFetcher["score"] = async () => {
    const { run, phase } = state();
    if (run === null || phase !== "done") return null;
    const { ticket, answer } = tickets.open(false);
    send({ type: "score", run, ticket });
    return (await answer.catch(() => null))?.scored ?? null;
  };
  const forget = (): void => {
    tickets.drop();
    cache.clear();
  };
  return { frame, inspect, score, hear: tickets.hear, forget };
}

type Frames = ReadonlyMap<WireName, TensorData>;

/** Wires that are asked for at once are computed again at once, an iteration of a zone in one go. */
function inspectTogether(inspect: FrameFetcher["inspect"]) {
  const waiting = new Map<
    string,
    { readonly wires: Set<WireName>; readonly frames: Promise<Frames> }
  >();
  return (wire: WireName, place: readonly number[], zone: string): Promise<Frames> => {
    const key = `${zone} ${place.join()}`;
    const open = waiting.get(key);
    if (open !== undefined) {
      open.wires.add(wire);
      return open.frames;
    }
    const wires = new Set([wire]);
    const frames = Promise.resolve().then(() => {
      waiting.delete(key);
      return inspect([...wires], place, zone);
    });
    waiting.set(key, { wires, frames });
    return frames;
  };
}

/** An output is itself at the end, and before that the wire that becomes it. */
function sourceOf(state: RunState, wire: WireName, at: readonly number[] | null): WireName {
  const lead = own(state.leads, wire);
  if (lead === undefined) return wire;
  const isElsewhere = state.atZone !== null && zoneOf(lead, state.zones) !== state.atZone;
  return isGiven(state, wire) && (at === null || isElsewhere) ? wire : lead;
}

/** Of a run that broke, where an output still was finite: that is what is left of it. */
function lastFinite(
  { phase, leads, tracks }: RunState,
  asked: WireName,
  at: readonly number[] | null,
): readonly number[] | null {
  const lead = leads[asked];
  if (phase !== "failed" || at !== null || lead === undefined) return null;
  const frames = tracks[lead]?.frames ?? [];
  return frames.findLast(({ summary }) => summary.notFinite === 0)?.iteration ?? null;
}

/** The kept frame that a look at `at` finds; null where there is none. */
function iterationOf(
  state: RunState,
  wire: WireName,
  at: readonly number[] | null,
): readonly number[] | null {
  const { tracks, atZone, zones } = state;
  if (isGiven(state, wire)) return [];
  if (isOutput(wire)) return frameAt(own(tracks, wire), null);
  const zone = zoneOf(wire, zones);
  const follows = zone === null || (atZone !== null && zone !== atZone);
  return frameAt(own(tracks, wire), follows ? null : at);
}

const standsStill = new Set<RunState["phase"]>(["paused", "done", "cancelled", "failed"]);

/** The iteration to compute again for a wire that was not recorded; null while the run goes on. */
function placeToInspect(
  { phase, steps, zones }: RunState,
  wire: WireName,
  at: readonly number[] | null,
): readonly number[] | null {
  if (!standsStill.has(phase) || isOutput(wire)) return null;
  const zone = zoneOf(wire, zones);
  if (zone === null) return [];
  const last = steps.findLast((step) => step.zone === zone)?.iteration;
  if (last === undefined) return null;
  return at ?? [last];
}
