import type { Document, Node } from "../../runtime/graph/document.ts";
import { isExpressionIssue, parseExpression } from "../../runtime/graph/expression-parse.ts";
import { isExpressionText, namesIn } from "../../runtime/graph/expression.ts";
import { onceOfFrozen } from "../../runtime/graph/of-frozen.ts";
import type { Ref } from "../../runtime/graph/refs.ts";
import { isResolved, resolveRef } from "../../runtime/graph/resolve.ts";
import type { Scope } from "../../runtime/graph/scope.ts";
import { blockScope, graphScope, innerScopes } from "../../runtime/graph/scope.ts";
import type { Key } from "./keys.ts";
import { nodeKeyOf } from "./keys.ts";
import type { Read } from "./wires.ts";
import { ownerKeyOf, sourceKeyOf, wiresOfNode, wiresOfOutputs } from "./wires.ts";

export type { Read } from "./wires.ts";

const known = new WeakMap<Document, readonly Read[]>();

/** Everything that reads something, in all bodies, blocks and outputs. `document` must be no draft. */
export function readsOf(document: Document): readonly Read[] {
  const before = known.get(document);
  if (before !== undefined) return before;
  const reads = rootScopes(document).flatMap((scope) => [
    ...readsIn(scope),
    ...wiresOfOutputs(document, scope),
  ]);
  known.set(document, reads);
  return reads;
}

const readers = new WeakMap<Document, ReadonlyMap<Key, readonly Read[]>>();

/** Who reads each source, by `sourceKeyOf`. */
export function readersOf(document: Document): ReadonlyMap<Key, readonly Read[]> {
  const before = readers.get(document);
  if (before !== undefined) return before;
  const found = new Map<Key, Read[]>();
  for (const read of readsOf(document)) {
    if (read.from === null) continue;
    const key = sourceKeyOf(read.from.source);
    const list = found.get(key);
    if (list === undefined) found.set(key, [read]);
    else list.push(read);
  }
  readers.set(document, found);
  return found;
}

const ports = new WeakMap<Document, ReadonlyMap<Key, readonly string[]>>();

/** Output ports of each node that something reads: all that can be known of a ghost's. */
export function readPortsOf(document: Document): ReadonlyMap<Key, readonly string[]> {
  const before = ports.get(document);
  if (before !== undefined) return before;
  const found = new Map<Key, string[]>();
  for (const { from } of readsOf(document)) {
    if (from?.source.kind !== "port") continue;
    const { source } = from;
    const key = ownerKeyOf(source);
    const names = found.get(key) ?? [];
    if (!names.includes(source.port)) names.push(source.port);
    found.set(key, names);
  }
  ports.set(document, found);
  return found;
}

/** The graph's body and those of all blocks. */
export function rootScopes(document: Document): readonly Scope[] {
  const blocks = Object.keys(document.blocks).map((name) => blockScope(document, name));
  return [graphScope(document), ...blocks.filter((scope) => scope !== null)];
}

function readsIn(scope: Scope): readonly Read[] {
  const reads: Read[] = [];
  for (const [id, node] of Object.entries(scope.body)) {
    reads.push(...wiresOfNode(scope, id, node), ...expressionReads(scope, id, node));
    for (const inner of innerScopes(scope, id, node))
      for (const read of readsIn(inner)) reads.push(read);
  }
  return reads;
}

function expressionReads(scope: Scope, id: string, node: Node): readonly Read[] {
  const names = namesReadBy(node);
  if (names.length === 0) return [];
  const target = nodeKeyOf(scope, id);
  return names.map(({ param, ref }) => {
    const resolved = resolveRef(scope, ref);
    const from = isResolved(resolved) ? resolved : null;
    return { key: `${target}/params/${param}`, target, ref, scope, from, inExpression: true };
  });
}

interface NameRead {
  readonly param: string;
  readonly ref: Ref;
}

/** Inputs and rails in the expressions of a node's params. */
const namesReadBy = onceOfFrozen((node): readonly NameRead[] =>
  Object.entries(node.params ?? {}).flatMap(([param, value]) =>
    namesInText(value)
      .filter((ref) => ref.startsWith("@"))
      .map((ref) => ({ param, ref })),
  ),
);

function namesInText(value: unknown): readonly string[] {
  if (!isExpressionText(value)) return [];
  const expression = parseExpression(value);
  return isExpressionIssue(expression) ? [] : namesIn(expression);
}
