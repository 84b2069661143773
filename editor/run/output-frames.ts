import { own } from "../../runtime/graph/own.ts";
import type { FrameTrack, RunState, WireName } from "./run-store.ts";

/** Outputs are named as wires are, with `=` before them. */
export const isOutput = (wire: WireName): boolean => wire.startsWith("=");

type Kept = Pick<RunState, "leads" | "outputs" | "tracks">;

/** Whether the end of the run gave an output. */
export const isGiven = ({ outputs }: Kept, wire: WireName): boolean =>
  isOutput(wire) && Object.hasOwn(outputs, wire.slice(1));

/** The frames that are behind a name: of an output before the end, those of the wire that becomes it. */
export const trackOf = ({ tracks, leads }: Kept, wire: WireName): FrameTrack | null =>
  own(tracks, own(leads, wire) ?? wire) ?? own(tracks, wire) ?? null;

/** Whether there is anything to look at. */
export const hasFrames = (state: Kept, wire: WireName): boolean =>
  trackOf(state, wire) !== null || isGiven(state, wire);

/** Names under which a wire is looked at: its own, and those of the outputs that it becomes. */
export const namesOf = ({ leads }: Kept, wire: WireName): readonly WireName[] => [
  wire,
  ...Object.keys(leads).filter((output) => leads[output] === wire),
];
