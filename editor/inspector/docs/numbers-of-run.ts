import { isForEach, isPlainNode, type Document } from "../../../runtime/graph/document.ts";
import { own } from "../../../runtime/graph/own.ts";
import { isResolved, resolveRef, type Source } from "../../../runtime/graph/resolve.ts";
import type { Key } from "../../document/keys.ts";
import { placeOf } from "../../document/places.ts";
import { wireNameOf } from "../../document/wire-name.ts";
import { sourceKeyOf } from "../../document/wires.ts";
import { compareIterations } from "../../run/place.ts";
import type { RunState } from "../../run/run-store.ts";
import { isNumber } from "../../viewers/data/number-text.ts";

type Shown = Pick<RunState, "tracks" | "steps" | "at">;
type Numbers = Readonly<Record<string, number>>;

/**
 * What a node's inputs were in the step of the run that is looked at: numbers of wires that were kept (of several samples
 * their mean), and the noise level of the step as `sigma`, where the node reads that.
 */
export function numbersOfRun(document: Document, key: Key, run: Shown): Numbers {
  const place = placeOf(document, key);
  if (place === null || place.key !== key || !isPlainNode(place.node)) return {};
  const entries = Object.entries(place.node.in ?? {}).flatMap(
    ([port, ref]): readonly (readonly [string, number])[] => {
      const resolved = resolveRef(place.scope, ref);
      if (!isResolved(resolved)) return [];
      const { source } = resolved;
      if (isLevel(source)) return levelNow(run, source.scope.id);
      const number = numberNow(run, wireNameOf(sourceKeyOf(source)));
      return number === null ? [] : [[port, number] as const];
    },
  );
  return Object.fromEntries(entries.map(([name, value]) => [name, rounded(value)]));
}

/** As precisely as a formula is read. */
const rounded = (value: number): number => Number(value.toPrecision(4));

/** The level that an iteration stands at, of those that a schedule lists. */
const isLevel = (source: Source): source is Extract<Source, { kind: "element" }> =>
  source.kind === "element" &&
  source.scope.parent.kind === "root" &&
  isForEach(source.scope.zone) &&
  own(source.scope.zone.each, source.name)?.endsWith(".levels") === true;

/** The engine tells the levels of outermost zones. */
function levelNow({ steps, at }: Shown, zone: string): readonly (readonly [string, number])[] {
  const ofZone = steps.filter((step) => step.zone === zone);
  const shown = at === null ? ofZone.at(-1) : ofZone.find(({ iteration }) => iteration === at[0]);
  const sigma = shown?.sigma ?? null;
  return sigma === null ? [] : [["sigma", sigma]];
}

function numberNow({ tracks, at }: Shown, wire: string | null): number | null {
  const track = wire === null ? undefined : own(tracks, wire);
  const frame = track?.frames.findLast(
    ({ iteration }) => at === null || compareIterations(iteration, at) <= 0,
  );
  return frame !== undefined && isNumber(frame.summary.shape) ? frame.summary.mean : null;
}
