import { issueError } from "../../runtime/base/issue.ts";
import type { Registry } from "../../runtime/graph/define-node.ts";
import {
  isBlockNode,
  isIfZone,
  isLoop,
  isPlainNode,
  type Document,
  type Node,
} from "../../runtime/graph/document.ts";
import { suggestion } from "../../runtime/graph/nearest.ts";
import { hasPorts, plainPorts } from "../../runtime/graph/node-ports.ts";
import { findByName, type NamedNode } from "./named-nodes.ts";
import { usedNodes } from "./used-nodes.ts";
import type { Parts } from "./set-params.ts";

/**
 * The full paths, each once, of wires given as `NODE.PORT`, where NODE may be the end of a node's path.
 *
 * @throws IssueError `node.unknown`, `node.ambiguous`, `port.unknown`.
 */
export function findWires(
  wires: readonly string[],
  { graph, task }: Parts,
  registry: Registry,
): readonly string[] {
  const candidates = [...usedNodes(graph, ""), ...(task === null ? [] : usedNodes(task, "task/"))];
  const paths = wires.map((wire) => {
    const dot = wire.lastIndexOf(".");
    const [wanted, port] = dot < 0 ? [wire, undefined] : [wire.slice(0, dot), wire.slice(dot + 1)];
    const found = findByName(wanted, candidates, `--probe ${wire}`);
    const ports = outputsOf(found, registry);
    const [only] = ports;
    if (port === undefined && only !== undefined && ports.length === 1)
      return `${found.name}.${only}`;
    if (port !== undefined && ports.includes(port)) return `${found.name}.${port}`;
    const fix = suggestion(port ?? "", ports);
    throw issueError(
      "port.unknown",
      port === undefined
        ? `${found.name} has several outputs: ${ports.join(", ")}.`
        : `${found.name} has no output ${JSON.stringify(port)}.`,
      { path: [`--probe ${wire}`] },
      fix === undefined ? {} : { fix },
    );
  });
  return [...new Set(paths)];
}

function outputsOf(
  { node, document }: NamedNode & { readonly node: Node; readonly document: Document },
  registry: Registry,
): readonly string[] {
  if (isBlockNode(node)) return Object.keys(document.blocks[node.use]?.outputs ?? {});
  if (isLoop(node)) return [...Object.keys(node.states ?? {}), ...Object.keys(node.scans ?? {})];
  if (isIfZone(node)) return Object.keys(node.then.outputs);
  if (!isPlainNode(node)) return [];
  const ports = plainPorts(registry, node);
  return hasPorts(ports) ? Object.keys(ports.outputs) : [];
}
