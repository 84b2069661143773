import type { Registry } from "../../runtime/graph/define-node.ts";
import { dependenciesOf } from "../../runtime/graph/order.ts";
import type { Scope } from "../../runtime/graph/scope.ts";
import { scopesOutwards } from "../../runtime/graph/scope.ts";
import type { Analysis } from "./analysis.ts";
import type { Origin, Verdict } from "./connect.ts";
import { judgementOf } from "./connect.ts";
import type { Key } from "./keys.ts";
import { nodeView, slotView } from "./node-view.ts";
import type { PortView } from "./node-view.ts";
import { sinkAt } from "./sinks.ts";
import type { Sink } from "./sinks.ts";

/** All sources that a place can see, judged at once when a wire is drawn backwards from it; by `sourceKeyOf`. */
export function legalSources(
  analysis: Analysis,
  registry: Registry,
  target: Key,
): ReadonlyMap<Key, Verdict> {
  const sink = sinkAt(analysis, registry, target);
  const verdicts = new Map<Key, Verdict>();
  if (sink === null) return verdicts;
  for (const scope of scopesOutwards(sink.scope)) {
    const reader = readerIn(sink, scope);
    const behind = reader === undefined ? new Set<string>() : downstreamOf(scope, reader);
    for (const { origin, port, id } of sourcesOf(analysis, registry, scope)) {
      const late = new Set(id !== null && reader !== undefined && behind.has(id) ? [reader] : []);
      const judgement = judgementOf(analysis, registry, origin, () => late);
      if (judgement !== null) verdicts.set(port.key, judgement(sink));
    }
  }
  return verdicts;
}

/** The node of a body that the place lies in, if it lies in one. */
function readerIn({ node }: Sink, { path }: Scope): string | undefined {
  if (node === null) return undefined;
  return path.length === node.scope.path.length
    ? node.id
    : node.scope.path[path.length]?.toString();
}

/** A node and all that waits for it in its body. */
function downstreamOf({ body }: Scope, id: string): ReadonlySet<string> {
  const readers = new Map<string, string[]>();
  for (const reader of Object.keys(body))
    for (const read of dependenciesOf(body, reader)) {
      const list = readers.get(read);
      if (list === undefined) readers.set(read, [reader]);
      else list.push(reader);
    }
  const found = new Set([id]);
  const waiting = [id];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop())
    for (const reader of readers.get(at) ?? [])
      if (!found.has(reader)) {
        found.add(reader);
        waiting.push(reader);
      }
  return found;
}

interface Source {
  readonly origin: Origin;
  readonly port: PortView;
  /** The node that it is a port of; null of rails and inputs. */
  readonly id: string | null;
}

/** What a body itself offers: its nodes' ports, and the rails or the inputs around it. */
function sourcesOf(analysis: Analysis, registry: Registry, scope: Scope): readonly Source[] {
  const of = (port: PortView, id: string | null): readonly Source[] =>
    port.ref === null ? [] : [{ origin: { scope, ref: port.ref }, port, id }];
  const nodes = Object.keys(scope.body).flatMap((id) =>
    (nodeView(scope, id, analysis, registry)?.outputs ?? []).flatMap((port) => of(port, id)),
  );
  if (scope.kind === "root") {
    const slots = Object.keys(scope.inputs).flatMap(
      (name) => slotView(scope, name, registry)?.outputs ?? [],
    );
    return [...nodes, ...slots.flatMap((port) => of(port, null))];
  }
  const zone = nodeView(scope.parent, scope.id, analysis, registry);
  const rails = (zone?.rails ?? []).flatMap(({ current }) => current);
  return [...nodes, ...rails.flatMap((port) => of(port, null))];
}
