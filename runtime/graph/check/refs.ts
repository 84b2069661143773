import type { Body, Node } from "../document.ts";
import { isBlockNode, isIfZone, isLoop } from "../document.ts";
import { suggestion } from "../nearest.ts";
import { hasPorts, plainPorts } from "../node-ports.ts";
import { own } from "../own.ts";
import type { PortType } from "../ports.ts";
import { formatPortType, portFields, whyNotAssignable } from "../ports.ts";
import type { Ref } from "../refs.ts";
import type { Resolved } from "../resolve.ts";
import { isResolved, resolveRef } from "../resolve.ts";
import type { Scope } from "../scope.ts";
import { scopesOutwards } from "../scope.ts";
import { adapterFor } from "./adapters.ts";
import type { Check, Finding } from "./check.ts";

/** Where a reference is read, and who takes the findings about it. */
export interface Reader {
  readonly check: Check;
  readonly scope: Scope;
  readonly tell: (finding: Finding) => void;
}

/**
 * [R1]–[R5] A reference in a scope: it leads to a value, and one that fits `wanted` (null: any).
 * Returns where it leads, null where an issue was told.
 */
export function checkRef(
  { check, scope, tell }: Reader,
  ref: Ref,
  wanted: PortType | null = null,
): Resolved | null {
  const resolved = resolveRef(scope, ref);
  if (!isResolved(resolved)) {
    const { at: _, ...finding } = resolved;
    tell(check.issues.length < mostSearches ? betterUnknown(scope, ref, finding) : finding);
    return null;
  }
  const problem =
    portProblem(check, resolved) ??
    fieldProblem(check, resolved) ??
    misfit(check, ref, resolved, wanted);
  if (problem === null) return resolved;
  tell(problem);
  return null;
}

/** [R2] Why the value does not fit. */
function misfit(
  check: Check,
  ref: Ref,
  resolved: Resolved,
  wanted: PortType | null,
): Finding | null {
  const type = check.types.typeOf(resolved);
  if (type === null || wanted === null) return null;
  const why = whyNotAssignable(type, wanted);
  if (why === null) return null;
  return {
    code: "port.mismatch",
    message: `"${ref}" does not fit here: ${why}.`,
    expected: formatPortType(wanted),
    got: formatPortType(type),
    fix: adapterFor(check.registry, resolved.field === undefined ? ref : null, type, wanted),
  };
}

/** Output ports by name; null for a ghost. */
export function outputNames(check: Check, node: Node): readonly string[] | null {
  if (isLoop(node)) return [...Object.keys(node.states ?? {}), ...Object.keys(node.scans ?? {})];
  if (isIfZone(node)) return Object.keys(node.then.outputs);
  if (isBlockNode(node)) {
    const block = own(check.document.blocks, node.use);
    return block === undefined ? null : Object.keys(block.outputs);
  }
  const ports = plainPorts(check.registry, node);
  return hasPorts(ports) ? Object.keys(ports.outputs) : null;
}

function portProblem(check: Check, { source }: Resolved): Finding | null {
  if (source.kind !== "port") return null;
  const names = outputNames(check, source.node);
  if (names === null || names.includes(source.port)) return null;
  return {
    code: "ref.unknown-port",
    message: `The node "${source.id}" has no output "${source.port}".`,
    got: source.port,
    expected: names.join(", "),
    fix: suggestion(source.port, names),
  };
}

function fieldProblem(check: Check, { source, field }: Resolved): Finding | null {
  const type = field === undefined ? null : check.types.typeOfSource(source);
  if (type === null || field === undefined) return null;
  const fields = portFields[type.kind];
  if (own(fields, field) !== undefined) return null;
  return {
    code: "ref.unknown-field",
    message: `A ${formatPortType(type)} has no field "${field}".`,
    got: field,
    expected: Object.keys(fields).join(", "),
    fix: suggestion(field, Object.keys(fields)),
  };
}

/** [R3] Says so when the node that is not found here stands inside a zone. */
function betterUnknown(scope: Scope, ref: Ref, finding: Finding): Finding {
  if (finding.code !== "ref.unknown-node") return finding;
  const id = ref.split(".")[0] ?? "";
  const zone = scopesOutwards(scope)
    .map(({ body }) => zoneHolding(body, id))
    .find((found) => found !== null);
  if (zone === undefined || zone === null) return finding;
  return {
    ...finding,
    code: "ref.border",
    message: `"${id}" is inside the zone "${zone}"; a wire leaves a zone only by a rail.`,
    fix: `Give "${zone}" a state or a scan that reads "${ref}", and read that port of "${zone}".`,
  };
}

/** Looking into all zones for each of very many faults would take long. */
const mostSearches = 50;
const mostVisited = 2000;

/** The zone of this body that holds a node of this id, at any depth. */
function zoneHolding(body: Body, id: string): string | null {
  const waiting = Object.entries(body).map(([zone, node]) => ({ zone, node }));
  for (let i = 0; i < Math.min(waiting.length, mostVisited); i += 1) {
    const next = waiting[i];
    for (const inner of next === undefined ? [] : innerBodies(next.node)) {
      if (own(inner, id) !== undefined) return next?.zone ?? null;
      for (const node of Object.values(inner)) waiting.push({ zone: next?.zone ?? "", node });
    }
  }
  return null;
}

function innerBodies(node: Node): readonly Body[] {
  if (isLoop(node)) return [node.body];
  return isIfZone(node) ? [node.then.body, node.else.body] : [];
}
