import type { Registry } from "../../runtime/graph/define-node.ts";
import { adapterNodes, fittingFields } from "../../runtime/graph/check/adapters.ts";
import { fixedKinds, scannedKinds } from "../../runtime/graph/check/zones.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { isLoop } from "../../runtime/graph/document.ts";
import { dependenciesOf } from "../../runtime/graph/order.ts";
import { own } from "../../runtime/graph/own.ts";
import type { PortType } from "../../runtime/graph/ports.ts";
import { formatPortType, whyNotAssignable } from "../../runtime/graph/ports.ts";
import type { Ref } from "../../runtime/graph/refs.ts";
import type { Resolved, Source } from "../../runtime/graph/resolve.ts";
import { isResolved, resolveRef } from "../../runtime/graph/resolve.ts";
import type { Scope } from "../../runtime/graph/scope.ts";
import { scopesOutwards } from "../../runtime/graph/scope.ts";
import { createTypes } from "../../runtime/graph/types.ts";
import type { Analysis } from "./analysis.ts";
import type { Message } from "./history.ts";
import type { Key } from "./keys.ts";
import { keyOf, pathOf, scopeAt } from "./keys.ts";
import { loopRef } from "./loop-ref.ts";
import { isLate, sinkAt, sinksIn } from "./sinks.ts";
import type { Sink } from "./sinks.ts";
import { sourceKeyOf } from "./wires.ts";

/** Where a wire is drawn from: a reference, and the body in which it is read as such. */
export interface Origin {
  readonly scope: Scope;
  readonly ref: Ref;
}

/** How a value may leave a zone: carried as a state, collected as a scan, or as an output of both branches. */
export interface Exit {
  readonly zone: Key;
  readonly as: "state" | "scan" | "output";
}

/** Why a wire may not go somewhere, and what would help. */
export interface Refusal {
  readonly ok: false;
  /** As that of the issue that connecting would raise. */
  readonly code: string;
  readonly why: Message;
  readonly fix?: Message;
  /** References of which each would fit: `@level.sigma`. */
  readonly fields: readonly Ref[];
  /** Node types of which each would fit between. */
  readonly adapters: readonly string[];
  /** Zones that the value must leave, innermost first, and how it can. */
  readonly exits: readonly Exit[];
}

/** A wire that may be drawn, and what its end is to read. */
export interface Fit {
  readonly ok: true;
  readonly ref: Ref;
}

export type Verdict = Fit | Refusal;

/** Why the source may not feed the place of that key; null where it may. */
export function whyNotConnect(
  analysis: Analysis,
  registry: Registry,
  origin: Origin,
  target: Key,
): Refusal | null {
  const verdict = judge(analysis, registry, origin, target);
  return verdict.ok ? null : verdict;
}

/** Whether the source may feed the place of that key, and by which reference. */
export function judge(
  analysis: Analysis,
  registry: Registry,
  origin: Origin,
  target: Key,
): Verdict {
  const sink = sinkAt(analysis, registry, target);
  const judgement = judgementOf(analysis, registry, origin);
  if (sink === null) return refuse("port.unknown", "edits.refuse.nowhere");
  return judgement === null ? refuse("ref.unknown", "edits.refuse.noSource") : judgement(sink);
}

/** All places in and below a body, judged at once when a drag begins. */
export function legalTargets(
  analysis: Analysis,
  registry: Registry,
  origin: Origin,
  within: Scope,
): ReadonlyMap<Key, Verdict> {
  const judgement = judgementOf(analysis, registry, origin);
  if (judgement === null) return new Map();
  return new Map(sinksIn(analysis, registry, within).map((sink) => [sink.key, judgement(sink)]));
}

type Judgement = (sink: Sink) => Verdict;

/** Nodes of a source's body that may not be fed by it. */
type Late = (source: Source) => ReadonlySet<string>;

const upstreamOfSource: Late = (source) =>
  source.kind === "port" ? upstreamOf(source.scope, source.id) : new Set();

/** What all places are asked about one source; null where there is no such source. */
export function judgementOf(
  analysis: Analysis,
  registry: Registry,
  origin: Origin,
  lateOf: Late = upstreamOfSource,
): Judgement | null {
  const resolved = resolveRef(origin.scope, origin.ref);
  if (!isResolved(resolved)) return null;
  const { source } = resolved;
  const type = analysis.types.typeOf(resolved);
  const late = lateOf(source);
  const misfits = new Map<string, Verdict>();
  const borders = new Map<Scope, Refusal | null>();
  const borderAt = (scope: Scope): Refusal | null => {
    const before = borders.get(scope);
    if (before !== undefined) return before;
    const found = isVisible(source, scope) ? null : border(source, scope, type);
    borders.set(scope, found);
    return found;
  };
  return (sink) => {
    if (!sink.exists) return refuse("port.unknown", "edits.refuse.noPort", { port: sink.name });
    const outside = borderAt(sink.scope);
    if (outside !== null) return outside;
    const waiting = waits(source, sink, late);
    if (waiting !== null) return waiting;
    const ref = loopRef(resolved, sink.scope);
    if (sink.role === "init") {
      const refusal = stateMisfit({ analysis, registry }, ref, sink);
      if (refusal !== null) return refusal;
    }
    const question = `${sink.role} ${ref} ${sink.wanted === null ? "" : formatPortType(sink.wanted)}`;
    const before = misfits.get(question);
    if (before !== undefined) return before;
    const verdict = fits({ registry, resolved, ref, type }, sink);
    misfits.set(question, verdict);
    return verdict;
  };
}

/** A node and all that it waits for in its body: what may not be fed by it. */
function upstreamOf({ body }: Scope, id: string): ReadonlySet<string> {
  const found = new Set([id]);
  const waiting = [id];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop())
    for (const read of dependenciesOf(body, at))
      if (!found.has(read)) {
        found.add(read);
        waiting.push(read);
      }
  return found;
}

const isVisible = ({ scope }: Source, from: Scope): boolean =>
  scopesOutwards(from).some((at) => keyOf(at.path) === keyOf(scope.path));

/** [R3] A wire into another zone, block, or out of this one. */
function border(source: Source, reader: Scope, type: PortType | null): Refusal {
  const outer = scopesOutwards(reader).map(({ path }) => keyOf(path));
  const left = scopesOutwards(source.scope).filter(({ path }) => !outer.includes(keyOf(path)));
  const root = left.at(-1);
  if (root === undefined || root.kind === "root")
    return refuse("ref.unknown-node", "edits.refuse.otherBlock");
  const exits = left.flatMap((scope): readonly Exit[] => {
    if (scope.kind === "root") return [];
    const zone = keyOf([...scope.parent.path, scope.id]);
    if (scope.kind === "branch") return [{ zone, as: "output" }];
    const held = type === null || !fixedKinds.has(type.kind);
    const listed = type === null || scannedKinds.has(type.kind);
    return [
      ...(held ? [{ zone, as: "state" as const }] : []),
      ...(listed ? [{ zone, as: "scan" as const }] : []),
    ];
  });
  const name = source.kind === "port" ? source.id : `@${source.name}`;
  const refusal = refuse("ref.border", "edits.refuse.border", { name, zone: root.id });
  return { ...refusal, fix: { key: "edits.refuse.borderFix" }, exits };
}

/** [G2] [Z6] A node that would wait for itself. */
function waits(source: Source, sink: Sink, late: ReadonlySet<string>): Refusal | null {
  if (source.kind !== "port" || sink.node === null) return null;
  if (isLate(sink, source.id))
    return refuse("zone.while", "edits.refuse.condition", { id: source.id });
  const depth = source.scope.path.length;
  const inBody = isInnerEnd(sink) && keyOf(sink.scope.path) === keyOf(source.scope.path);
  const { scope, id } = sink.node;
  const reader = depth === scope.path.length ? id : String(scope.path[depth]);
  if (inBody || !late.has(reader)) return null;
  return reader === source.id && (reader !== id || isInnerEnd(sink))
    ? refuse("graph.cycle", "edits.refuse.ownOutput", { id: reader })
    : refuse("graph.cycle", "edits.refuse.cycle", { from: source.id, to: reader });
}

/** True of the right border of a zone, which its nodes feed without waiting for it. */
const isInnerEnd = ({ node, scope }: Sink): boolean =>
  node !== null && scope.path.length > node.scope.path.length;

/** [Z2] What a state's next value would be if the state began with this one. */
function stateMisfit(
  { analysis, registry }: { readonly analysis: Analysis; readonly registry: Registry },
  ref: Ref,
  { key, name, node }: Sink,
): Refusal | null {
  if (node === null) return null;
  const document = withRef(analysis.document, key, ref);
  const types = createTypes(document, registry);
  const body = keyOf([...node.scope.path, node.id, "body"]);
  const scope = scopeAt(document, body);
  const loop = scope === null ? undefined : own(scope.parent?.body, node.id);
  const state = loop !== undefined && isLoop(loop) ? own(loop.states, name) : undefined;
  if (scope === null || scope.parent === null || state === undefined) return null;
  const [from, to] = [
    types.typeOfRef(scope, state.next),
    types.typeOfRef(scope.parent, state.init),
  ];
  const why = from === null || to === null ? null : whyNotAssignable(from, to);
  return why === null ? null : refuse("port.mismatch", "edits.refuse.nextOfState", { name, why });
}

/** A copy of a document with another reference at a place. */
function withRef(document: Document, key: Key, ref: Ref): Document {
  const set = (at: unknown, [step, ...rest]: readonly string[]): unknown =>
    step === undefined
      ? ref
      : { ...(at as object), [step]: set((at as Record<string, unknown>)[step], rest) };
  return set(document, pathOf(key)) as Document;
}

interface Asked {
  readonly registry: Registry;
  readonly resolved: Resolved;
  readonly ref: Ref;
  readonly type: PortType | null;
}

function fits(asked: Asked, sink: Sink): Verdict {
  const { ref, type } = asked;
  if (type === null) return { ok: true, ref };
  const got = formatPortType(type);
  if (sink.role === "init" && fixedKinds.has(type.kind))
    return refuse("zone.state", "edits.refuse.state", { got });
  if (sink.role === "scan" && !scannedKinds.has(type.kind))
    return refuse("zone.scan", "edits.refuse.scan", { got });
  const { wanted } = sink;
  const why = wanted === null ? null : whyNotAssignable(type, wanted);
  return why === null || wanted === null ? { ok: true, ref } : misfit(asked, type, wanted);
}

/** [R2] One field that fits is taken; of several a person chooses. */
function misfit({ registry, resolved, ref }: Asked, type: PortType, wanted: PortType): Verdict {
  const fields = resolved.field === undefined ? fittingFields(type, wanted) : [];
  const [only, ...others] = fields;
  if (only !== undefined && others.length === 0) return { ok: true, ref: `${ref}.${only}` };
  const adapters =
    fields.length > 0 ? [] : adapterNodes(registry, type, wanted).map((node) => node.type);
  const why = whyNotAssignable(type, wanted) ?? "";
  return {
    ...refuse("port.mismatch", "edits.refuse.mismatch", { ref, why }),
    ...(fields.length > 0 ? { fix: { key: "edits.refuse.fields" } } : {}),
    ...(adapters.length > 0 ? { fix: { key: "edits.refuse.adapters" } } : {}),
    fields: fields.map((field) => `${ref}.${field}`),
    adapters,
  };
}

function refuse(code: string, key: string, values?: Message["values"]): Refusal {
  const why = values === undefined ? { key } : { key, values };
  return { ok: false, code, why, fields: [], adapters: [], exits: [] };
}

/** A source that a person might drag to, by `sourceKeyOf`. */
export const originKey = ({ scope, ref }: Origin): Key | null => {
  const resolved = resolveRef(scope, ref);
  return isResolved(resolved) ? sourceKeyOf(resolved.source) : null;
};
