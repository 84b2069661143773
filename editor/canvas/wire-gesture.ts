import type { Studio } from "../app/studio.ts";
import type { Analysis } from "../document/analysis.ts";
import { legalTargets, type Origin, type Verdict } from "../document/connect.ts";
import { legalSources } from "../document/legal-sources.ts";
import { connect } from "../document/edits/connect.ts";
import { idOf, scopeAt, type Key } from "../document/keys.ts";
import { originAt } from "../document/origin-at.ts";
import { isCurable } from "../document/cures.ts";
import type { Trouble } from "./cures.tsx";
import { dropOnRail, judgeRail, railAt, railHandle, railSides } from "./drop-rail.ts";
import type { ItemNode } from "./items.ts";
import { still, type Gesture } from "./gesture.ts";

/** A wire's two handles, whichever it was dragged from. */
export interface Ends {
  readonly source: Key;
  readonly target: Key;
}

/** Judges, once, every handle at which a wire from this one could end. */
export function beginWire(studio: Studio, nodes: readonly ItemNode[], handle: Key): Gesture {
  const now = studio.analysis.getState();
  const body = scopeAt(now.document, studio.editor.getState().scope);
  const origin = originAt(now, studio.registry, handle);
  const fits =
    origin !== null && body !== null
      ? [...legalTargets(now, studio.registry, origin, body), ...railVerdicts(now, origin, nodes)]
      : legalSources(now, studio.registry, handle);
  return { ...still, from: handle, fits: new Map(fits) };
}

/** What the empty rows of the open zones say. */
function railVerdicts(
  analysis: Analysis,
  origin: Origin,
  nodes: readonly ItemNode[],
): readonly (readonly [Key, Verdict])[] {
  return nodes
    .flatMap(({ id, type, data }) =>
      type === "zone" ? railSides(data.lanes).map((side) => railHandle(id, side)) : [],
    )
    .map((handle) => [handle, judgeRail(analysis, origin, handle)]);
}

/** What was found of a wire when its drag began. */
export const verdictOf = ({ from, fits }: Gesture, { source, target }: Ends): Verdict | undefined =>
  fits.get(from === source ? target : source);

/** Draws a wire that may be drawn: one edit. */
export function drawWire(studio: Studio, gesture: Gesture, ends: Ends): void {
  const verdict = verdictOf(gesture, ends);
  const origin = originAt(studio.analysis.getState(), studio.registry, ends.source);
  if (verdict?.ok !== true || origin === null) return;
  const rail = railAt(ends.target);
  if (rail !== null) return drawRail(studio, rail, origin);
  const values = { source: verdict.ref, target: idOf(ends.target) };
  studio.editor.actions.edit({ label: { key: "canvas.connected", values } }, (draft) =>
    connect(draft, ends.target, verdict.ref),
  );
}

function drawRail(
  { editor, analysis }: Studio,
  rail: NonNullable<ReturnType<typeof railAt>>,
  origin: Origin,
): void {
  const type = analysis.getState().types.typeOfRef(origin.scope, origin.ref);
  editor.actions.edit({ label: { key: "edits.addState", values: { name: origin.ref } } }, (draft) =>
    dropOnRail(draft, rail, { origin, type }),
  );
}

/** What is offered where a refused wire was dropped; null where nothing helps. */
export function troubleOf(
  { analysis, registry }: Studio,
  gesture: Gesture,
  ends: Ends,
  screen: Trouble["screen"],
): Trouble | null {
  const verdict = verdictOf(gesture, ends);
  const origin = originAt(analysis.getState(), registry, ends.source);
  if (verdict === undefined || verdict.ok || origin === null || !isCurable(verdict)) return null;
  return { screen, origin, target: ends.target, refusal: verdict };
}
