import type { StudioEvent } from "../../runtime/protocol/studio/messages.ts";
import type { StudioRequest } from "../../runtime/protocol/studio/requests.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { createFrameCache } from "./frame-cache.ts";
import { frameAt, zoneOf } from "./place.ts";
import type { RunActions, RunState, WireName } from "./run-store.ts";
import { createTickets } from "./tickets.ts";

/** Asks the studio for frames; those that were not recorded are computed again while the run stands still. */
export interface FrameFetcher extends Pick<RunActions, "frame" | "inspect"> {
  readonly hear: (event: StudioEvent) => void;
  /** What was asked of the run before is not answered any more. */
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
    const { run } = state();
    if (run === null) return null;
    const known = cache.find(run, wire, iteration);
    if (known !== null) return known;
    const { ticket, answer } = tickets.open(true);
    send({ type: "frame", run, ticket, wire, iteration: [...iteration] });
    const frame = (await answer).get(wire) ?? null;
    if (frame !== null) cache.keep(run, wire, iteration, frame);
    return frame;
  };
  const inspect: FrameFetcher["inspect"] = async (wires, at, zone) => {
    const { run, zones } = state();
    const [first = ""] = wires;
    if (run === null) return new Map();
    const { ticket, answer } = tickets.open(false);
    const inZone = zone ?? zoneOf(first, zones) ?? "";
    send({ type: "inspect", run, ticket, zone: inZone, iteration: [...at], wires: [...wires] });
    return answer;
  };
  const frame: FrameFetcher["frame"] = async (wire, at) => {
    const iteration = iterationOf(state(), wire, at);
    if (iteration !== null) return fetchFrame(wire, iteration).catch(() => null);
    const place = placeToInspect(state(), wire, at);
    if (place === null) return null;
    const { run } = state();
    const known = run === null ? null : cache.find(run, wire, place);
    if (known !== null) return known;
    const made = (await inspect([wire], place).catch(() => null))?.get(wire) ?? null;
    if (made !== null && run !== null) cache.keep(run, wire, place, made);
    return made;
  };
  return { frame, inspect, hear: tickets.hear, forget: tickets.drop };
}

/** The kept frame that a look at `at` finds; null where there is none. */
function iterationOf(
  { tracks, outputs, atZone, zones }: RunState,
  wire: WireName,
  at: readonly number[] | null,
): readonly number[] | null {
  if (wire.startsWith("=")) return Object.hasOwn(outputs, wire.slice(1)) ? [] : null;
  const zone = zoneOf(wire, zones);
  const follows = zone === null || (atZone !== null && zone !== atZone);
  return frameAt(tracks[wire], follows ? null : at);
}

const standsStill = new Set<RunState["phase"]>(["paused", "done", "cancelled", "failed"]);

/** The iteration to compute again for a wire that was not recorded; null while the run goes on. */
function placeToInspect(
  { phase, steps, zones }: RunState,
  wire: WireName,
  at: readonly number[] | null,
): readonly number[] | null {
  if (!standsStill.has(phase) || wire.startsWith("=")) return null;
  const zone = zoneOf(wire, zones);
  if (zone === null) return [];
  const last = steps.findLast((step) => step.zone === zone)?.iteration;
  if (last === undefined) return null;
  return at ?? [last];
}
