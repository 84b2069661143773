import type { Document } from "../../runtime/graph/document.ts";
import { isLoop } from "../../runtime/graph/document.ts";
import { own } from "../../runtime/graph/own.ts";
import type { PauseReason } from "../../runtime/protocol/studio/messages.ts";
import type { Studio } from "../app/studio.ts";
import { wiresMeant } from "../commands/probe-commands.ts";
import { zonesOf } from "../commands/selected.ts";
import { idOf, scopeKeyOf, type Key } from "../document/keys.ts";
import { uiOf, type UiBreakpoint } from "../document/ui.ts";
import { keyOfNode } from "../problems/problem-list.ts";
import type { RunState } from "../run/run-store.ts";
import type { BreakpointPlace } from "./edits.ts";

/** What is selected, as places: an outermost zone by its iterations, all else by the wire that is meant. */
export function placesMeant(studio: Studio): readonly BreakpointPlace[] {
  const zones = zonesOf(studio).filter((key) => scopeKeyOf(key) === "graph");
  const { document } = studio.analysis.getState();
  const loops = zones.map(idOf).filter((id) => isLoopAt(document, id));
  const wires = wiresMeant(studio).filter(
    (wire) => !loops.includes(wire.split(".")[0] ?? "") && isKept(studio, wire),
  );
  return [
    ...loops.map((zone) => ({ wire: null, zone })),
    ...wires.map((wire) => ({ wire, zone: null })),
  ];
}

function isLoopAt(document: Document, id: string): boolean {
  const node = own(document.graph, id);
  return node !== undefined && isLoop(node);
}

/** A wire in an outermost zone: a run is held between the iterations of one, and nowhere else. */
const isKept = ({ analysis }: Studio, wire: string): boolean =>
  isLoopAt(analysis.getState().document, wire.split("/")[0] ?? "") && wire.includes("/");

/** The node or zone that a place belongs to; null where it is gone. */
export function keyOfPlace(document: Document, { wire, zone }: BreakpointPlace): Key | null {
  if (wire !== null) return keyOfNode(document, wire.slice(0, wire.lastIndexOf(".")));
  return zone !== null && own(document.graph, zone) !== undefined ? `graph/${zone}` : null;
}

export const nameOfPlace = ({ wire, zone }: BreakpointPlace): string => wire ?? zone ?? "";

/** What held the run that is shown; null where no breakpoint did. */
export interface Held {
  readonly place: BreakpointPlace;
  /** Null where it stopped because somebody had it run to there. */
  readonly breakpoint: UiBreakpoint | null;
  readonly iteration: readonly number[];
  readonly values: Readonly<Record<string, number>>;
}

export function heldBy(
  { pausedBy, steps }: Pick<RunState, "pausedBy" | "steps">,
  document: Document,
): Held | null {
  if (pausedBy?.kind !== "breakpoint") return null;
  const { iteration, values } = pausedBy;
  const breakpoint = find(document, pausedBy);
  const zone = breakpoint?.zone ?? steps.at(-1)?.zone ?? null;
  return { place: { wire: pausedBy.wire, zone }, breakpoint, iteration, values };
}

const find = (
  document: Document,
  { id }: Extract<PauseReason, { kind: "breakpoint" }>,
): UiBreakpoint | null => uiOf(document).breakpoints.find((each) => each.id === id) ?? null;
