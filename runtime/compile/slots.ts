import { issueError } from "../base/issue.ts";
import type { Slot } from "../graph/document.ts";
import type { TensorData } from "../tensor/tensor.ts";
import { external } from "./context.ts";
import type { Environment } from "./environment.ts";
import { paramHost } from "./scalar-param.ts";
import { scalarWire, tensorWire, type Wire } from "./wires.ts";

/** What is put into a slot from outside the graph. */
export type Feed =
  | { readonly kind: "tensor"; readonly data: TensorData }
  | { readonly kind: "number"; readonly value: number }
  | {
      readonly kind: "node";
      readonly type: string;
      readonly v?: number;
      readonly params: Readonly<Record<string, unknown>>;
    };

/** The wire that a feed puts into a slot; the slot's node goes by the path `@name`. */
export function feedWire(environment: Environment, feed: Feed, path: string): Wire {
  switch (feed.kind) {
    case "tensor":
      return tensorWire(external(environment.build, environment.region, feed.data));
    case "number":
      return scalarWire(paramHost(environment.build, path, feed.value));
    case "node":
      return nodeWire(environment, feed, path);
  }
}

function nodeWire(environment: Environment, feed: Feed & { kind: "node" }, path: string): Wire {
  const { registry } = environment.build;
  const [latest] = registry.versions(feed.type);
  const definition = feed.v === undefined ? latest : registry.find(feed.type, feed.v);
  if (definition === undefined)
    throw issueError("node.unknown", `there is no node ${feed.type}`, { node: path });
  const outputs = environment.maker.definition(environment, definition, {
    path,
    params: feed.params,
    wires: {},
  });
  const [wire] = Object.values(outputs);
  if (wire === undefined)
    throw issueError("slot.empty", `${feed.type} has no output`, { node: path });
  return wire;
}

/** A slot's default; absent where it has none. */
export function defaultWire(environment: Environment, slot: Slot, path: string): Wire {
  const given = slot.default;
  if (given === undefined) return { kind: "absent", why: `the input ${path} was not given` };
  if (typeof given === "number") return scalarWire(paramHost(environment.build, path, given));
  if ("type" in given)
    return nodeWire(
      environment,
      { kind: "node", type: given.type, v: given.v, params: given.params ?? {} },
      path,
    );
  const data = environment.build.assets.tensors.get(given.asset);
  if (data === undefined)
    throw issueError("asset.missing", `the file ${JSON.stringify(given.asset)} was not loaded`, {
      node: path,
    });
  return tensorWire(external(environment.build, environment.region, data));
}
