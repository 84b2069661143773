import type { Draft } from "immer";
import { fixedKinds, scannedKinds } from "../../runtime/graph/check/zones.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { isForEach } from "../../runtime/graph/document.ts";
import type { PortType } from "../../runtime/graph/ports.ts";
import { scopesOutwards } from "../../runtime/graph/scope.ts";
import type { Analysis } from "../document/analysis.ts";
import type { Origin, Verdict } from "../document/connect.ts";
import { addBranchOutput, addEach, addScan, addState } from "../document/edits/rails.ts";
import type { Key } from "../document/keys.ts";
import { keyOf } from "../document/keys.ts";
import { nodeAt } from "../document/places.ts";

/** An empty row of a zone's rails, where a wire makes a new one: outside on the left, inside on the right, or in a branch. */
export type RailSide = (typeof sides)[number];
const sides = ["outside", "inside", "then", "else"] as const;

/** The empty rows that a zone has: one for each branch, else one on each side. */
export function railSides(
  lanes: readonly { readonly branch: "then" | "else" | null }[],
): readonly RailSide[] {
  const branches = lanes.flatMap(({ branch }) => branch ?? []);
  return branches.length > 0 ? branches : ["outside", "inside"];
}

export const railHandle = (zone: Key, side: RailSide): Key => `${zone}/+${side}`;

/** The zone and side of an empty row; null of any other handle. */
export function railAt(handle: Key): { readonly zone: Key; readonly side: RailSide } | null {
  const [, zone, name] = /^(.*)\/\+(\w+)$/.exec(handle) ?? [];
  const side = sides.find((each) => each === name);
  return zone === undefined || side === undefined ? null : { zone, side };
}

/** Whether a wire may make a rail there. */
export function judgeRail(analysis: Analysis, origin: Origin, handle: Key): Verdict {
  const rail = railAt(handle);
  const place = rail === null ? null : nodeAt(analysis.document, rail.zone);
  if (rail === null || place === null) return refusal("edits.refuse.nowhere");
  const around = scopesOutwards(place.scope).map(({ path }) => keyOf(path));
  const readable = rail.side === "outside" ? around : [insideOf(rail)];
  if (!readable.includes(keyOf(origin.scope.path))) return refusal("canvas.rail.elsewhere");
  const lists = rail.side === "outside" && isForEach(place.node);
  return holds(analysis.types.typeOfRef(origin.scope, origin.ref), lists)
    ? { ok: true, ref: origin.ref }
    : refusal("canvas.rail.fixed");
}

/** The body that an inner side lies in. */
const insideOf = ({ zone, side }: { readonly zone: Key; readonly side: RailSide }): Key =>
  side === "inside" ? `${zone}/body` : `${zone}/${side}/body`;

/** Whether a rail can carry a type: nothing that is fixed when the graph is compiled, and lists as elements alone. */
function holds(type: PortType | null, lists: boolean): boolean {
  if (type === null) return true;
  return type.kind === "list" ? lists : !fixedKinds.has(type.kind);
}

/** Makes the rail that a wire asks for: an element of a list, a collected number, else a state. */
export function dropOnRail(
  draft: Draft<Document>,
  { zone, side }: { readonly zone: Key; readonly side: RailSide },
  { origin, type }: { readonly origin: Origin; readonly type: PortType | null },
): void {
  if (side === "then" || side === "else")
    addBranchOutput(draft, zone, { branch: side, ref: origin.ref });
  else if (side === "outside" && type?.kind === "list") addEach(draft, zone, origin.ref);
  else if (side === "inside" && type !== null && scannedKinds.has(type.kind))
    addScan(draft, zone, origin.ref);
  else addState(draft, zone, { side, ref: origin.ref });
}

const refusal = (key: string): Verdict => ({
  ok: false,
  code: "canvas.rail",
  why: { key },
  fields: [],
  adapters: [],
  exits: [],
});
