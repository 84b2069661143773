import {
  isBlockNode,
  isIfZone,
  isLoop,
  type Body,
  type Document,
  type Node,
} from "../../runtime/graph/document.ts";
import type { NamedNode } from "./named-nodes.ts";

/** A node as a run knows it: the nodes of a block once for every use of the block. */
export type UsedNode = NamedNode & { readonly node: Node; readonly document: Document };

const deepest = 32;

/** All nodes of a run by their path in it: `anneal/sgld/step`. */
export function usedNodes(document: Document, prefix: string): readonly UsedNode[] {
  return inBody(document, document.graph, prefix, 0);
}

function inBody(
  document: Document,
  body: Body,
  prefix: string,
  depth: number,
): readonly UsedNode[] {
  if (depth > deepest) return [];
  return Object.entries(body).flatMap(([id, node]): readonly UsedNode[] => {
    const name = `${prefix}${id}`;
    const inside = bodiesOf(document, node).flatMap(([part, inner]) =>
      inBody(document, inner, `${name}/${part}`, depth + 1),
    );
    return [{ name, path: [], node, document }, ...inside];
  });
}

function bodiesOf(document: Document, node: Node): readonly (readonly [string, Body])[] {
  if (isLoop(node)) return [["", node.body]];
  if (isIfZone(node))
    return [
      ["then/", node.then.body],
      ["else/", node.else.body],
    ];
  if (!isBlockNode(node)) return [];
  const block = document.blocks[node.use];
  return block === undefined ? [] : [["", block.graph]];
}
