import type { Registry } from "./define-node.ts";
import type { Node } from "./document.ts";

/** What was found of nodes, by the node and the registry it was found with. */
export type MemoryOfNodes<T> = WeakMap<Registry, WeakMap<Node, T>>;

export const memoryOfNodes = <T>(): MemoryOfNodes<T> => new WeakMap();

/**
 * What depends on a node and the registry alone, found once where the node is frozen, with all that it holds: an editor's
 * documents are, and share the nodes that an edit did not touch.
 */
export function ofFrozen<T>(
  memory: MemoryOfNodes<T>,
  registry: Registry,
  node: Node,
  find: () => T,
): T {
  const nodes = memory.get(registry) ?? new WeakMap<Node, T>();
  memory.set(registry, nodes);
  return once(nodes, node, find);
}

/** The same of what depends on the node alone. */
export function onceOfFrozen<T>(find: (node: Node) => T): (node: Node) => T {
  const nodes = new WeakMap<Node, T>();
  return (node) => once(nodes, node, () => find(node));
}

function once<T>(nodes: WeakMap<Node, T>, node: Node, find: () => T): T {
  if (!Object.isFrozen(node)) return find();
  if (nodes.has(node)) return nodes.get(node) as T;
  const found = find();
  nodes.set(node, found);
  return found;
}
