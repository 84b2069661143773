import { isIfZone, isLoop, type Body, type Document, type Node } from "../../graph/document.ts";
import { isExpressionText } from "../../graph/expression.ts";
import { refSites } from "../../graph/ref-sites.ts";
import { sameValue } from "../../base/same-value.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * The outermost zones of `after` that compute what they computed in `before`: they, and all that they are made from,
 * are written the same. What depends on them may differ, and so may the outputs. It errs to the side of running again:
 * an input or a block that differs counts for every zone.
 */
export function unchangedZones(before: Document, after: Document): readonly string[] {
  if (!sameValue(restOf(before), restOf(after))) return [];
  if (!sameShared(before.inputs, after.inputs) || !sameShared(before.blocks, after.blocks))
    return [];
  const isSame = (id: string): boolean =>
    Object.hasOwn(before.graph, id) && sameValue(before.graph[id], after.graph[id]);
  return Object.entries(after.graph).flatMap(([id, node]) =>
    isLoop(node) && [...madeFrom(after.graph, id)].every(isSame) ? [id] : [],
  );
}

/** Compared by themselves, or not read by the engine. */
const apart: ReadonlySet<string> = new Set("graph inputs outputs blocks ui about name".split(" "));

const restOf = (document: Document): Fields =>
  Object.fromEntries(Object.entries(document).filter(([field]) => !apart.has(field)));

const sameShared = (a: Fields, b: Fields): boolean =>
  Object.keys(a).every((name) => !Object.hasOwn(b, name) || sameValue(a[name], b[name]));

/** A node and those of the outermost body that it, or what is inside of it, may read; too many rather than too few. */
function madeFrom(graph: Body, id: string): ReadonlySet<string> {
  const found = new Set([id]);
  for (const each of found) {
    const node = graph[each];
    for (const ref of node === undefined ? [] : refsIn(node)) {
      const [head = ""] = ref.replace(/^@/u, "").split(".");
      if (Object.hasOwn(graph, head)) found.add(head);
    }
  }
  return found;
}

/** Names in an expression, whatever they stand for. */
const namesIn = (param: unknown): readonly string[] =>
  isExpressionText(param) ? (param.match(/[\p{L}_][\p{L}\p{N}_-]*/gu) ?? []) : [];

function refsIn(node: Node): readonly string[] {
  const bodies = isLoop(node)
    ? [node.body]
    : isIfZone(node)
      ? [node.then.body, node.else.body]
      : [];
  return [
    ...refSites(node).map(({ ref }) => ref),
    ...Object.values(node.params ?? {}).flatMap(namesIn),
    ...bodies.flatMap((body) => Object.values(body).flatMap(refsIn)),
  ];
}
