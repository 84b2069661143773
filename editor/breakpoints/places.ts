import type { Document } from "../../runtime/graph/document.ts";
import { isLoop } from "../../runtime/graph/document.ts";
import { parseRef } from "../../runtime/graph/refs.ts";
import { own } from "../../runtime/graph/own.ts";
import type { PauseReason } from "../../runtime/protocol/studio/messages.ts";
import type { Studio } from "../app/studio.ts";
import { wiresMeant } from "../commands/probe-commands.ts";
import { portMeant, zonesOf } from "../commands/selected.ts";
import { idOf, keyOfNode, scopeAt, scopeKeyOf, uiNameOf, type Key } from "../document/keys.ts";
import { uiOf, type UiBreakpoint } from "../document/ui.ts";
import type { RunState } from "../run/run-store.ts";
import { untilId } from "../run/until.ts";
import type { BreakpointPlace } from "./edits.ts";

/**
 * What is selected, as places: an outermost zone by its iterations, a zone inside one by the wire that each of its steps
 * ends with, all else by the wire that is meant.
 */
export function placesMeant(studio: Studio): readonly BreakpointPlace[] {
  const zones = zonesOf(studio);
  const { document } = studio.analysis.getState();
  const loops = zones
    .filter((key) => scopeKeyOf(key) === "graph")
    .map(idOf)
    .filter((id) => isLoopAt(document, id));
  const inner = new Map(zones.map((key) => [uiNameOf(key), stepWireOf(document, key)]));
  const isPort =
    portMeant(studio.view.getState().port, studio.editor.getState().selection) !== null;
  const wires = wiresMeant(studio)
    .filter((wire) => !loops.includes(wire.split(".")[0] ?? "") && isKept(studio, wire))
    .map((wire) => (isPort ? null : inner.get(nodeNameOf(wire))) ?? wire);
  return [
    ...loops.map((zone) => ({ wire: null, zone })),
    ...wires.map((wire) => ({ wire, zone: null })),
  ];
}

/** What a zone's first state becomes next, as probes name it; null where no node of its body makes it. */
function stepWireOf(document: Document, zone: Key): string | null {
  const node = own(scopeAt(document, scopeKeyOf(zone))?.body ?? {}, idOf(zone));
  if (node === undefined || !isLoop(node)) return null;
  const [state] = Object.values(node.states ?? {});
  const next = state === undefined ? null : parseRef(state.next);
  if (next === null || !("kind" in next) || next.kind !== "port") return null;
  const isInside = own(node.body, next.node) !== undefined;
  return isInside ? `${uiNameOf(zone)}/${next.node}.${next.port}` : null;
}

const nodeNameOf = (wire: string): string => wire.slice(0, wire.lastIndexOf("."));

/** Whether a wire lies in a zone that lies in another: a run holds when the step around it has ended. */
export function isInner(document: Document, { wire }: BreakpointPlace): boolean {
  const key = wire === null ? null : keyOfNode(document, nodeNameOf(wire));
  const path = key?.split("/") ?? [];
  const bodies = path.flatMap((part, i) =>
    part === "body" ? [path.slice(0, i + 1).join("/")] : [],
  );
  return bodies.filter((body) => scopeAt(document, body)?.kind === "loop").length > 1;
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
  /** Null where there is none, or none any more. */
  readonly breakpoint: UiBreakpoint | null;
  /** Somebody had it run to there. */
  readonly isAsked: boolean;
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
  const isAsked = pausedBy.id === untilId;
  return { place: { wire: pausedBy.wire, zone }, breakpoint, isAsked, iteration, values };
}

const find = (
  document: Document,
  { id }: Extract<PauseReason, { kind: "breakpoint" }>,
): UiBreakpoint | null => uiOf(document).breakpoints.find((each) => each.id === id) ?? null;
