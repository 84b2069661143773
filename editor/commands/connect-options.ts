import type { Registry } from "../../runtime/graph/define-node.ts";
import { innerScopes, type Scope, scopesOutwards } from "../../runtime/graph/scope.ts";
import { formatPortType } from "../../runtime/graph/ports.ts";
import type { Analysis } from "../document/analysis.ts";
import { judge, legalTargets, type Origin, type Verdict } from "../document/connect.ts";
import { type Cure, curesOf, isCurable } from "../document/cures.ts";
import type { Message } from "../document/history.ts";
import type { Key } from "../document/keys.ts";
import { idOf, scopeAt, scopeKeyOf, uiNameOf } from "../document/keys.ts";
import { type NodeView, nodeView, type PortView, slotView } from "../document/node-view.ts";
import { placeOf } from "../document/places.ts";
import { sinksIn } from "../document/sinks.ts";
import { viewAt } from "./view-at.ts";

/** What options are found in. */
export interface Known {
  readonly analysis: Analysis;
  readonly registry: Registry;
}

/** A source to draw from. */
export interface SourceOption {
  readonly key: Key;
  readonly label: string;
  readonly type: string;
  readonly origin: Origin;
}

/** A wire that could be drawn; `ref` is null of one that may not be, and `why` says why. */
export interface WireOption {
  /** The place where it ends. */
  readonly target: Key;
  readonly source: string;
  readonly label: string;
  readonly type: string;
  readonly ref: string | null;
  readonly why: Message | null;
  /** What makes one fit that may not be drawn as it is. */
  readonly cure: Cure | null;
  /** What the place reads now. */
  readonly replaces: string | null;
  readonly rank: number;
}

/** All that a node, zone or slot gives, inside its body as well. */
export function sourcesOf(known: Known, key: Key): readonly SourceOption[] {
  const view = viewAt(known.analysis, known.registry, key);
  return view === null ? [] : sourcesOfView(known, view);
}

function sourcesOfView({ analysis: { document } }: Known, view: NodeView): readonly SourceOption[] {
  const outer = scopeAt(document, scopeKeyOf(view.key));
  const place = placeOf(document, view.key);
  const inner = place === null ? undefined : innerScopes(place.scope, place.id, place.node)[0];
  const current = view.rails.flatMap((rail) => rail.current);
  return [
    ...view.outputs.flatMap((port) => sourceOption(port, outer, view)),
    ...current.flatMap((port) => sourceOption(port, inner ?? null, view)),
  ];
}

function sourceOption(
  port: PortView,
  scope: Scope | null,
  view: NodeView,
): readonly SourceOption[] {
  if (scope === null || port.ref === null) return [];
  const label =
    view.kind === "zone" && port.ref.startsWith("@") ? `${view.id}: ${port.ref}` : port.ref;
  return [{ key: port.key, label, type: typeText(port.type), origin: { scope, ref: port.ref } }];
}

/** Where a source may go, the best first; then where it may not, with the reasons. */
export function targetsOf(
  known: Known,
  { origin, label: source }: SourceOption,
): readonly WireOption[] {
  const { analysis, registry } = known;
  const within = origin.scope.parent ?? origin.scope;
  const verdicts = legalTargets(analysis, registry, origin, within);
  const sinks = sinksIn(analysis, registry, within);
  return sinks
    .flatMap(({ key, wanted }) => {
      const verdict = verdicts.get(key);
      if (verdict === undefined) return [];
      const label = labelOf(known, key, within);
      const place = { target: key, source, label, type: typeText(wanted) };
      return optionsOf(known, origin, verdict, { ...place, replaces: readAt(known, key) });
    })
    .toSorted((a, b) => b.rank - a.rank || (a.label < b.label ? -1 : 1));
}

/** What may feed a place. */
export function feedsOf(known: Known, target: Key): readonly WireOption[] {
  const { analysis, registry } = known;
  const label = labelOf(known, target);
  const replaces = readAt(known, target);
  const sink = scopeOfPlace(known, target);
  return (sink === null ? [] : sourcesSeenFrom(known, sink))
    .flatMap(({ origin, label: source, type }) =>
      optionsOf(known, origin, judge(analysis, registry, origin, target), {
        target,
        source,
        label,
        type,
        replaces,
      }),
    )
    .toSorted((a, b) => b.rank - a.rank || (a.source < b.source ? -1 : 1));
}

const scopeOfPlace = ({ analysis, registry }: Known, target: Key): Scope | null => {
  const outer = scopeAt(analysis.document, scopeKeyOf(target));
  if (outer === null) return null;
  return (
    sinksIn(analysis, registry, outer.parent ?? outer).find(({ key }) => key === target)?.scope ??
    outer
  );
};

function sourcesSeenFrom(known: Known, from: Scope): readonly SourceOption[] {
  const { analysis, registry } = known;
  return scopesOutwards(from).flatMap((scope) => {
    const nodes = Object.keys(scope.body).flatMap((id) => {
      const view = nodeView(scope, id, analysis, registry);
      return view === null ? [] : view.outputs.flatMap((port) => sourceOption(port, scope, view));
    });
    return [...bordersOf(known, scope), ...nodes];
  });
}

/** Slots of a root body, rails of a loop. */
function bordersOf({ analysis, registry }: Known, scope: Scope): readonly SourceOption[] {
  if (scope.kind === "root")
    return Object.keys(scope.inputs).flatMap((name) => {
      const view = slotView(scope, name, registry);
      return view === null ? [] : view.outputs.flatMap((port) => sourceOption(port, scope, view));
    });
  if (scope.kind !== "loop") return [];
  const view = nodeView(scope.parent, scope.id, analysis, registry);
  if (view === null) return [];
  return view.rails
    .flatMap(({ current }) => current)
    .flatMap((port) => sourceOption(port, scope, view));
}

type Place = Omit<WireOption, "ref" | "why" | "cure" | "rank">;

/** A refusal that names fields is as many wires, one from each; one that something helps is as many offers. */
function optionsOf(
  { analysis, registry }: Known,
  origin: Origin,
  verdict: Verdict,
  place: Place,
): readonly WireOption[] {
  const rank = place.replaces === null ? 2 : 1;
  if (verdict.ok && verdict.ref === place.replaces) return [];
  if (verdict.ok) return [{ ...place, ref: verdict.ref, why: null, cure: null, rank }];
  if (verdict.fields.length > 0)
    return verdict.fields.map((ref) => ({
      ...place,
      source: ref,
      ref,
      why: null,
      cure: null,
      rank,
    }));
  const refused = { ...place, ref: null, why: verdict.why };
  const cures = isCurable(verdict)
    ? curesOf(analysis, registry, { origin, target: place.target, refusal: verdict })
    : [];
  return cures.length === 0
    ? [{ ...refused, cure: null, rank: 0 }]
    : cures.map((cure) => ({ ...refused, cure, rank: 0.5 }));
}

/** `euler.x0`, of a rail `anneal.x (init)`; nodes in zones by their path from the body `within`. */
export function labelOf({ analysis, registry }: Known, target: Key, within?: Scope): string {
  const view = viewAt(analysis, registry, target);
  if (view === null || view.key === target) return view?.id ?? idOf(target);
  const name = within === undefined ? view.id : pathFrom(within, view.key);
  return `${name}.${placeLabel(target.slice(view.key.length + 1).split("/"))}`;
}

function placeLabel(rest: readonly string[]): string {
  const [part = "", port = "", side = ""] = rest;
  if (part === "states") return `${port} (${side})`;
  if (part === "then" || part === "else") return `${side} (${part})`;
  return ["in", "each", "scans"].includes(part) ? port : part;
}

const pathFrom = ({ zonePath }: Scope, key: Key): string =>
  uiNameOf(key).slice(zonePath.length === 0 ? 0 : zonePath.join("/").length + 1);

function readAt({ analysis, registry }: Known, target: Key): string | null {
  const view = viewAt(analysis, registry, target);
  const ports = [...(view?.inputs ?? []), ...(view?.rails ?? []).flatMap(({ next }) => next)];
  const ref = ports.find(({ key }) => key === target)?.ref ?? null;
  return ref === "" ? null : ref;
}

const typeText = (type: PortView["type"]): string => (type === null ? "" : formatPortType(type));

/** Whether a key names a place where a wire may end, so that a source is looked for. */
export const isPlace = ({ analysis, registry }: Known, key: Key): boolean => {
  const view = viewAt(analysis, registry, key);
  if (view === null) return false;
  const ends = [...view.inputs, ...view.rails.flatMap(({ next }) => next)];
  return ends.some((port) => port.key === key);
};
