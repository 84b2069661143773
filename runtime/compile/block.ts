import { issueError } from "../base/issue.ts";
import type { BlockNode } from "../graph/document.ts";
import { buildBody, newEnvironment, resolve, type Environment } from "./environment.ts";
import { defaultWire } from "./slots.ts";
import { paramHost, expressionHost } from "./scalar-param.ts";
import { scalarWire, type Wire } from "./wires.ts";

const deepestBlock = 32;

/** Builds a block's nodes in the region around it; inside, only its own inputs are seen. */
export function buildBlock(
  environment: Environment,
  node: BlockNode,
  path: string,
): Readonly<Record<string, Wire>> {
  const block = environment.blocks[node.use];
  if (block === undefined)
    throw issueError("block.unknown", `this graph has no block ${JSON.stringify(node.use)}`, {
      node: path,
    });
  if (path.split("/").length > deepestBlock)
    throw issueError("block.depth", `blocks are nested more than ${deepestBlock} deep`, {
      node: path,
    });
  const names = new Map<string, Wire>();
  const inner = newEnvironment({
    build: environment.build,
    maker: environment.maker,
    region: environment.region,
    outer: null,
    prefix: `${path}/`,
    body: block.graph,
    names,
    blocks: environment.blocks,
  });
  for (const [name, slot] of Object.entries(block.inputs)) {
    const ref = node.in?.[name];
    const written = node.params?.[name];
    if (ref !== undefined) names.set(name, resolve(environment, ref));
    else if (typeof written === "number")
      names.set(name, scalarWire(paramHost(environment.build, `${path}.${name}`, written)));
    else if (typeof written === "string" && written.startsWith("="))
      names.set(name, scalarWire(expressionHost(environment, written.slice(1), () => undefined)));
    else names.set(name, defaultWire(inner, slot, `${path}.${name}`));
  }
  buildBody(inner);
  return Object.fromEntries(
    Object.entries(block.outputs).map(([name, ref]) => [name, resolve(inner, ref)]),
  );
}
