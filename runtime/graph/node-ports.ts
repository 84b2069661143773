import type { Issue } from "../base/issue.ts";
import { IssueError } from "../base/issue.ts";
import type { AnyNode, InputPort, Ports, Registry } from "./define-node.ts";
import type { PlainNode, SlotKind } from "./document.ts";
import { readParams } from "./params.ts";
import type { PortType } from "./ports.ts";
import { memoryOfNodes, ofFrozen } from "./of-frozen.ts";
import { port } from "./ports.ts";

/** The ports of a plain node; every scalar param is an optional input of its name. */
export interface PlainPorts {
  readonly definition: AnyNode;
  readonly inputs: Ports<InputPort>;
  readonly outputs: Ports;
}

/**
 * Ports of a plain node. Instead of them: the definition's issues with well-formed params that have
 * no ports (their paths begin below the params), and no issue for an unknown type or version or for faulty params, which
 * `validate` reports by itself.
 */
export function plainPorts(registry: Registry, node: PlainNode): PlainPorts | readonly Issue[] {
  return ofFrozen(known, registry, node, () => findPorts(registry, node));
}

const known = memoryOfNodes<PlainPorts | readonly Issue[]>();

function findPorts(registry: Registry, node: PlainNode): PlainPorts | readonly Issue[] {
  const definition = registry.find(node.type, node.v);
  if (definition === undefined) return [];
  try {
    const ports = portsByParams(definition, node);
    if (ports === null) return [];
    const scalars = scalarPorts(Object.keys(definition.scalars.shape));
    return { definition, inputs: { ...scalars, ...ports.inputs }, outputs: ports.outputs };
  } catch (error) {
    if (error instanceof IssueError) return error.issues;
    throw error;
  }
}

export function hasPorts(ports: PlainPorts | readonly Issue[]): ports is PlainPorts {
  return "definition" in ports;
}

function portsByParams(
  definition: AnyNode,
  node: PlainNode,
): Pick<AnyNode, "inputs" | "outputs"> | null {
  if (definition.ports === undefined) return definition;
  const { params } = readParams(definition, node.params ?? {}, Object.keys(node.in ?? {}));
  return params === null ? null : definition.ports(params);
}

function scalarPorts(names: readonly string[]): Ports<InputPort> {
  return Object.fromEntries(names.map((name) => [name, { ...port.scalar(), optional: true }]));
}

/** The type of a slot. */
export const slotTypes: Readonly<Record<SlotKind, PortType>> = {
  signal: port.signal(),
  measurement: port.measurement(),
  spectral: port.spectral(),
  operator: port.operator(),
  prior: port.prior(),
  schedule: port.schedule(),
  scalar: port.scalar(),
  level: port.level(),
  list: port.list(),
};
