import { IssueError, issueError, type Issue } from "../base/issue.ts";
import type { AnyNode, PortValue } from "../graph/define-node.ts";
import { isBlockNode, isPlainNode, isZone, type PlainNode } from "../graph/document.ts";
import type { PortType } from "../graph/ports.ts";
import type { Scalar } from "../graph/values.ts";
import { buildBlock } from "./block.ts";
import { nodeContext } from "./context.ts";
import { demandWholeInside } from "./demand-whole.ts";
import { resolve, type Environment, type Maker, type Written } from "./environment.ts";
import { scalarParam } from "./scalar-param.ts";
import { outputWire, portValue, type Wire } from "./wires.ts";
import { buildZone } from "./zone.ts";

type Outputs = Readonly<Record<string, Wire>>;

/** Makes nodes of every kind. */
export const maker: Maker = { node: buildNode, definition: buildDefinition };

function buildNode(environment: Environment, id: string): Outputs {
  const known = environment.built.get(id);
  if (known !== undefined) return known;
  const path = `${environment.prefix}${id}`;
  const refused = environment.refused.get(id);
  if (refused !== undefined) throw refused;
  if (environment.building.has(id))
    throw issueError("graph.cycle", "this node depends on its own output", { node: path });
  environment.building.add(id);
  const outputs = remembered(environment, id, () =>
    located(path, () => dispatch(environment, id, path)),
  );
  environment.building.delete(id);
  environment.built.set(id, outputs);
  for (const [name, wire] of Object.entries(outputs)) {
    const value = wire.kind === "tensor" ? wire.value : deviceValue(wire);
    if (value !== undefined) environment.region.wires.push({ path: `${path}.${name}`, value });
  }
  return outputs;
}

/** Keeps what a node is refused with, so that it is said once however many nodes read it. */
function remembered(environment: Environment, id: string, make: () => Outputs): Outputs {
  try {
    return make();
  } catch (error) {
    if (error instanceof IssueError) environment.refused.set(id, error);
    throw error;
  }
}

function deviceValue(wire: Wire) {
  return wire.kind === "scalar" && wire.value.on === "device" ? wire.value.value : undefined;
}

function dispatch(environment: Environment, id: string, path: string): Outputs {
  const node = environment.body[id];
  if (node === undefined) throw new Error(`internal: no node ${path}`);
  if (isZone(node)) {
    const outputs = buildZone(environment, node, path);
    demandWholeInside(environment.region);
    return outputs;
  }
  if (isBlockNode(node)) return buildBlock(environment, node, path);
  if (isPlainNode(node)) return buildPlain(environment, node, path);
  throw new Error(`internal: ${path} is no known kind of node`);
}

/** Runs `make`; whatever it refuses is said to be at `path`, never as a raw text of another library. */
export function located<T>(path: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof IssueError) throw new IssueError(error.issues.map((i) => at(i, path)));
    if (error instanceof RangeError && !error.message.includes("call stack"))
      throw issueError("tensor.shape", sentence(error.message), { node: path });
    throw error;
  }
}

const at = (issue: Issue, node: string): Issue =>
  issue.at.node === undefined ? { ...issue, at: { ...issue.at, node } } : issue;
const sentence = (text: string) => (text.endsWith(".") ? text : `${text}.`);

function buildPlain(environment: Environment, node: PlainNode, path: string): Outputs {
  const definition = environment.build.registry.find(node.type, node.v);
  if (definition === undefined)
    throw issueError("node.unknown", `there is no node ${node.type} version ${node.v}`, {
      node: path,
    });
  return buildDefinition(environment, definition, { path, params: node.params, wires: node.in });
}

/** Builds one node from its definition, its written params and its wires. */
function buildDefinition(
  environment: Environment,
  definition: AnyNode,
  { path, params: written = {}, wires = {} }: Written,
): Outputs {
  const params = parseParams(definition, written, path);
  const { inputs, outputs } = definition.ports?.(params) ?? definition;
  const values: Record<string, PortValue> = {};
  for (const [name, type] of Object.entries(inputs)) {
    const ref = wires[name];
    const wire: Wire =
      ref === undefined
        ? { kind: "absent", why: `${path}.${name} has no wire` }
        : resolve(environment, ref);
    if (wire.kind === "absent" && type.optional !== true) return absent(outputs, wire.why);
    const value = portValue(wire, type);
    if (value !== undefined) values[name] = value;
    else if (wire.kind !== "absent") throw mismatch(path, name, type, wire);
  }
  const scalars: Record<string, Scalar> = {};
  for (const name of Object.keys(definition.scalars.shape))
    scalars[name] = scalarParam(environment, definition, { path, name, written, wires });
  const ctx = nodeContext(environment.build, environment.region, path);
  const made = definition.build({
    params: params as never,
    scalars: scalars as never,
    inputs: values as never,
    ctx,
  });
  return Object.fromEntries(
    Object.entries(outputs).map(([name, type]) => {
      const value = made[name];
      const none = { kind: "absent", why: `${path} gives no ${name} here` } as const;
      return [name, value === undefined ? none : outputWire(type, value)];
    }),
  );
}

function parseParams(
  definition: AnyNode,
  written: Readonly<Record<string, unknown>>,
  path: string,
) {
  const structural = Object.fromEntries(
    Object.entries(written).filter(([name]) => !Object.hasOwn(definition.scalars.shape, name)),
  );
  const parsed = definition.params.safeParse(structural);
  if (parsed.success) return parsed.data;
  throw new IssueError(
    parsed.error.issues.map((issue) => ({
      code: "param.invalid",
      message: `${issue.path.join(".") || "params"}: ${issue.message}.`,
      at: { node: path },
    })),
  );
}

const absent = (outputs: Readonly<Record<string, PortType>>, why: string): Outputs =>
  Object.fromEntries(Object.keys(outputs).map((name) => [name, { kind: "absent", why } as const]));

function mismatch(path: string, name: string, type: PortType, wire: Wire) {
  const got =
    wire.kind === "element"
      ? "an element of a list, which is a number or a level"
      : `a ${wire.kind}`;
  return issueError("port.mismatch", `expected a ${type.kind}, got ${got}.`, {
    node: path,
    port: name,
  });
}
