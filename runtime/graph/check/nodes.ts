import type { AnyNode, InputPort, Ports, Registry } from "../define-node.ts";
import type { BlockNode, PlainNode, Slot } from "../document.ts";
import { structuralTypes } from "../document.ts";
import { suggestion } from "../nearest.ts";
import { hasPorts, plainPorts, slotTypes } from "../node-ports.ts";
import { own } from "../own.ts";
import { memoryOfNodes, ofFrozen } from "../of-frozen.ts";
import { readParams, unknownParam } from "../params.ts";
import type { FilePath } from "../file-path.ts";
import { checkAssets } from "./assets.ts";
import type { Check, Finding, Place } from "./check.ts";
import { reportAt } from "./check.ts";
import type { TellParam } from "./params.ts";
import { checkParams, checkScalar } from "./params.ts";
import { checkRef } from "./refs.ts";

/** [T1] [T2] Why a type and version are not in the registry; null when they are. */
export function whyUnknown(
  registry: Registry,
  type: string,
  v: number,
): (Finding & { readonly at: FilePath }) | null {
  if (registry.find(type, v) !== undefined) return null;
  const versions = registry.versions(type).map((definition) => definition.v);
  if (versions.length > 0)
    return {
      at: ["v"],
      code: "node.unknown-version",
      message: `"${type}" has no version ${v}; this Denoodle knows ${versions.toSorted((a, b) => a - b).join(", ")}.`,
      expected: versions.join(", "),
      got: String(v),
      fix: v > Math.max(...versions) ? "Update Denoodle, or use a version it knows." : undefined,
    };
  return {
    at: ["type"],
    code: "node.unknown-type",
    message: `There is no node type "${type}".`,
    got: type,
    fix: suggestion(type, [...registry.types, ...structuralTypes]),
  };
}

/** [T1]–[T4] A plain node: its type, params, wires and files. A ghost gives one issue. */
export function checkPlain(check: Check, place: Place<PlainNode>): void {
  const { node, scope } = place;
  const unknown = whyUnknown(check.registry, node.type, node.v);
  const definition = check.registry.find(node.type, node.v);
  if (unknown !== null || definition === undefined) {
    if (unknown !== null) reportUnknown(check, place, unknown);
    return checkGhostWires(check, place);
  }
  const tell: TellParam = (path, finding) => reportAt(check, place, ["params", ...path], finding);
  const isSound = ofFrozen(sound, check.registry, node, () => hasSoundParams(definition, node));
  if (!isSound) checkParams({ check, scope, tell }, definition, node);
  const ports = plainPorts(check.registry, node);
  if (!hasPorts(ports)) {
    for (const { at, ...issue } of ports)
      reportAt(check, place, ["params", ...(at.path ?? [])], issue);
    return checkGhostWires(check, place);
  }
  checkWires(check, place, ports.inputs);
  if (!isSound) checkAssets(definition, node.params ?? {}, tell);
}

const sound = memoryOfNodes<boolean>();

/** True of params that are well wherever the node stands: numbers, and no expression that reads a name. */
function hasSoundParams(definition: AnyNode, { params = {}, in: wires = {} }: PlainNode): boolean {
  const { scalars, faults } = readParams(definition, params, Object.keys(wires));
  let isTold = false;
  checkAssets(definition, params, () => {
    isTold = true;
  });
  const areNumbers = Object.values(scalars).every((value) => typeof value === "number");
  return faults.length === 0 && areNumbers && !isTold;
}

function reportUnknown(
  check: Check,
  place: Place,
  unknown: Finding & { readonly at: FilePath },
): void {
  const { at, ...finding } = unknown;
  reportAt(check, place, at, finding);
}

/** Wires of a node whose ports are not known still have to come from somewhere. */
function checkGhostWires(check: Check, place: Place): void {
  for (const [name, ref] of Object.entries(place.node.in ?? {})) {
    const tell = (finding: Finding): void => reportAt(check, place, ["in", name], finding);
    checkRef({ check, scope: place.scope, tell }, ref);
  }
}

/** [R1] [T3] [T4] Each wire feeds a port of a fitting type, and each required port has one. */
export function checkWires(check: Check, place: Place, inputs: Ports<InputPort>): void {
  const wires = place.node.in ?? {};
  for (const [name, ref] of Object.entries(wires)) {
    const input = own(inputs, name);
    const tell = (finding: Finding): void => reportAt(check, place, ["in", name], finding);
    if (input === undefined) tell(unknownInput(place, name, Object.keys(inputs)));
    else checkRef({ check, scope: place.scope, tell }, ref, input);
  }
  for (const [name, input] of Object.entries(inputs))
    if (input.optional !== true && own(wires, name) === undefined)
      reportAt(check, place, ["in", name], {
        code: "port.missing",
        message: `The input "${name}" needs a wire.`,
        expected: `a wire into "${name}"`,
        got: "none",
      });
}

function unknownInput({ id }: Place, name: string, names: readonly string[]): Finding {
  return {
    code: "port.unknown",
    message: `The node "${id}" has no input "${name}".`,
    got: name,
    expected: names.join(", "),
    fix: suggestion(name, names),
  };
}

/** [B1] [T3] [T4] A use of a block: the block exists, and its inputs are as wired. */
export function checkBlockUse(check: Check, place: Place<BlockNode>): void {
  const { node } = place;
  const block = own(check.document.blocks, node.use);
  if (block === undefined) {
    reportAt(check, place, ["use"], {
      code: "block.unknown",
      message: `There is no block "${node.use}" in this file.`,
      got: node.use,
      fix: suggestion(node.use, Object.keys(check.document.blocks)),
    });
    return checkGhostWires(check, place);
  }
  const given = Object.keys(node.params ?? {});
  const inputs = Object.entries(block.inputs).map(
    ([name, slot]) =>
      [
        name,
        { ...slotTypes[slot.kind], optional: !isRequired(slot) || given.includes(name) },
      ] as const,
  );
  checkWires(check, place, Object.fromEntries(inputs));
  checkBlockParams(check, place, block.inputs);
}

function isRequired({ optional, default: value }: Slot): boolean {
  return optional !== true && value === undefined;
}

function checkBlockParams(
  check: Check,
  place: Place<BlockNode>,
  slots: Readonly<Record<string, Slot>>,
): void {
  const scalars = Object.keys(slots).filter((name) => own(slots, name)?.kind === "scalar");
  for (const [name, value] of Object.entries(place.node.params ?? {})) {
    const tell = (finding: Finding): void => reportAt(check, place, ["params", name], finding);
    if (scalars.includes(name)) {
      const names = { scope: place.scope, scalars: scalars.filter((other) => other !== name) };
      checkScalar(check, value, names, tell);
    } else {
      const { path: _, ...finding } = unknownParam(name, scalars);
      tell(finding);
    }
  }
}
