import type { GraphProto, NodeProto } from "onnx-buf";
import { issueError } from "../base/issue.ts";

/** The names that a node reads, also from inside its subgraphs (a subgraph's own names may be among them). */
export function namesRead(node: NodeProto): readonly string[] {
  // protobuf nests at most 100 deep, so that recursion here is bounded.
  const inner = node.attribute.flatMap(({ g, graphs }) => [
    ...(g === undefined ? [] : [g]),
    ...graphs,
  ]);
  return [...node.input, ...inner.flatMap(namesReadInside)].filter((name) => name !== "");
}

function namesReadInside({ node, output }: GraphProto): readonly string[] {
  return [...node.flatMap(namesRead), ...output.map(({ name }) => name)];
}

/**
 * The nodes that `outputs` need, each after those it reads from.
 *
 * @throws IssueError `model.unreadable` for a cycle, or a name that two nodes write.
 */
export function orderNodes(
  nodes: readonly NodeProto[],
  outputs: readonly string[],
): readonly NodeProto[] {
  const producers = producersOf(nodes);
  const sources = (node: NodeProto) => {
    const found = new Set(namesRead(node).flatMap((name) => producers.get(name) ?? []));
    // A subgraph may use a name that its own node writes; only a direct input makes a cycle of one.
    if (!node.output.some((name) => name !== "" && node.input.includes(name))) found.delete(node);
    return [...found];
  };
  return sortFrom(
    outputs.flatMap((name) => producers.get(name) ?? []),
    sources,
  );
}

function producersOf(nodes: readonly NodeProto[]): ReadonlyMap<string, NodeProto> {
  const producers = new Map<string, NodeProto>();
  for (const node of nodes)
    for (const name of node.output.filter((name) => name !== "")) {
      if (producers.has(name)) throw disordered(`two nodes write the name "${name}"`, node);
      producers.set(name, node);
    }
  return producers;
}

/** Depth first without recursion: files may chain more nodes than the stack holds. */
function sortFrom(
  roots: readonly NodeProto[],
  sources: (node: NodeProto) => readonly NodeProto[],
): readonly NodeProto[] {
  const done = new Set<NodeProto>();
  const open = new Set<NodeProto>();
  const stack = roots.toReversed();
  while (stack.length > 0) {
    const node = stack.at(-1);
    if (node === undefined || done.has(node) || open.has(node)) {
      stack.pop();
      if (node !== undefined && open.delete(node)) done.add(node);
      continue;
    }
    open.add(node);
    for (const source of sources(node).toReversed()) {
      if (open.has(source)) throw disordered("its nodes form a cycle", node);
      if (!done.has(source)) stack.push(source);
    }
  }
  return [...done];
}

function disordered(why: string, node: NodeProto): Error {
  const place = node.name === "" ? (node.output[0] ?? node.opType) : node.name;
  return issueError(
    "model.unreadable",
    `The model's graph is damaged: ${why}.`,
    { node: place },
    {
      fix: "Export the model again.",
    },
  );
}
