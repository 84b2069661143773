import type { NodeDefault, Slot } from "../document.ts";
import type { FilePath } from "../file-path.ts";
import { formatGot } from "../format-got.ts";
import { hasPorts, plainPorts, slotTypes } from "../node-ports.ts";
import { formatPortType, whyNotAssignable } from "../ports.ts";
import { checkAssets, whyOutside } from "./assets.ts";
import type { Check, Finding } from "./check.ts";
import { report } from "./check.ts";
import { whyUnknown } from "./nodes.ts";
import { checkParams } from "./params.ts";

/** [S1] [S2] The inputs of a graph or a block and their defaults. */
export function checkSlots(
  check: Check,
  slots: Readonly<Record<string, Slot>>,
  path: FilePath,
): void {
  for (const [name, slot] of Object.entries(slots)) {
    const at = [...path, name, "default"];
    const value = slot.default;
    if (typeof value === "number") checkNumber(check, slot, value, at);
    else if (value !== undefined && "asset" in value) checkAsset(check, slot, value.asset, at);
    else if (value !== undefined) checkNodeDefault(check, slot, value, at);
  }
}

function checkNumber(check: Check, { kind }: Slot, value: number, at: FilePath): void {
  if (kind !== "scalar") report(check, at, misfit(kind, formatGot(value)));
}

const withoutFiles: ReadonlySet<Slot["kind"]> = new Set(["scalar", "level", "schedule"]);

function checkAsset(check: Check, { kind }: Slot, file: string, at: FilePath): void {
  if (withoutFiles.has(kind)) report(check, at, misfit(kind, "a file"));
  const outside = whyOutside(file);
  if (outside !== null) report(check, [...at, "asset"], outside);
}

function checkNodeDefault(check: Check, slot: Slot, node: NodeDefault, at: FilePath): void {
  const unknown = whyUnknown(check.registry, node.type, node.v);
  const definition = check.registry.find(node.type, node.v);
  if (unknown !== null || definition === undefined) {
    if (unknown !== null) {
      const { at: inside, ...finding } = unknown;
      report(check, [...at, ...inside], finding);
    }
    return;
  }
  const tell = (path: FilePath, finding: Finding): void =>
    report(check, [...at, "params", ...path], finding);
  checkParams({ check, scope: null, tell }, definition, node);
  checkAssets(definition, node.params ?? {}, tell);
  const ports = plainPorts(check.registry, node);
  if (!hasPorts(ports)) return;
  const needs = Object.entries(ports.inputs).filter(([, { optional }]) => optional !== true);
  const wanted = slotTypes[slot.kind];
  const [gives] = Object.values(ports.outputs);
  if (needs.length > 0)
    report(check, at, {
      code: "slot.default",
      message: `"${node.type}" cannot stand as a default: its input "${needs[0]?.[0]}" needs a wire.`,
      fix: "Use a node without required inputs.",
    });
  else if (gives === undefined || whyNotAssignable(gives, wanted) !== null)
    report(check, at, misfit(slot.kind, gives === undefined ? "nothing" : formatPortType(gives)));
}

function misfit(kind: Slot["kind"], got: string): Finding {
  return {
    code: "slot.default",
    message: `Expected a default that gives a ${kind}, got ${got}.`,
    expected: kind,
    got,
  };
}
