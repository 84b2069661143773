import type { Issue } from "../base/issue.ts";
import type { Registry } from "./define-node.ts";
import type { Document, Node } from "./document.ts";
import { isBlockNode, isIfZone, isLoop, isPlainNode } from "./document.ts";
import type { FilePath } from "./file-path.ts";
import { whyOutside } from "./check/assets.ts";
import { checkBlocks } from "./check/blocks.ts";
import type { Check, Finding, Place } from "./check/check.ts";
import { createCheck, isFull, report, reportAt } from "./check/check.ts";
import { checkName, checkNames } from "./check/names.ts";
import { checkBlockUse, checkPlain } from "./check/nodes.ts";
import { checkRef } from "./check/refs.ts";
import { checkSlots } from "./check/slots.ts";
import { checkIf, checkLoop } from "./check/zones.ts";
import { topologicalOrder } from "./order.ts";
import type { Ref } from "./refs.ts";
import type { RootScope, Scope } from "./scope.ts";
import { blockScope, graphScope, innerScopes, scopesOutwards } from "./scope.ts";

/** Zones inside one another. */
export const deepestZones = 24;

/**
 * Everything that keeps a document from being compiled, in the order of the file's paths; at most
 * 1000 issues. The rules are those of SPEC.md.
 */
export function validate(document: Document, registry: Registry): readonly Issue[] {
  const check = createCheck(document, registry);
  checkTask(check);
  checkSlots(check, document.inputs, ["inputs"]);
  const root = graphScope(document);
  checkScope(check, root);
  checkOutputs(check, root, document.outputs, ["outputs"]);
  checkHasOutput(check);
  checkBlocks(check);
  for (const [name, block] of Object.entries(document.blocks)) {
    const scope = blockScope(document, name);
    if (scope === null) continue;
    checkSlots(check, block.inputs, ["blocks", name, "inputs"]);
    checkScope(check, scope);
    checkOutputs(check, scope, block.outputs, ["blocks", name, "outputs"]);
  }
  return check.issues.toSorted((a, b) => comparePaths(a.at.path ?? [], b.at.path ?? []));
}

function checkTask(check: Check): void {
  const { task } = check.document;
  const outside = task === undefined ? null : whyOutside(task);
  if (outside !== null) report(check, ["task"], outside);
}

/** [G1] A body and all bodies in it. */
function checkScope(check: Check, scope: Scope): void {
  if (scopesOutwards(scope).length > deepestZones + 1) {
    report(check, scope.path, {
      code: "zone.depth",
      message: `Zones are nested more than ${deepestZones} deep.`,
      fix: "Make a block of the inner zones.",
    });
    return;
  }
  checkNames(check, scope);
  checkCycles(check, scope);
  for (const [id, node] of Object.entries(scope.body)) {
    if (isFull(check)) return;
    checkNode(check, { scope, id, node });
    for (const inner of innerScopes(scope, id, node)) checkScope(check, inner);
  }
}

function checkNode(check: Check, { scope, id, node }: Place): void {
  const place = <N extends Node>(narrowed: N): Place<N> => ({ scope, id, node: narrowed });
  if (isLoop(node)) checkLoop(check, place(node));
  else if (isIfZone(node)) checkIf(check, place(node));
  else if (isBlockNode(node)) checkBlockUse(check, place(node));
  else if (isPlainNode(node)) checkPlain(check, place(node));
}

/** [G2] Nodes that wait for one another. */
function checkCycles(check: Check, scope: Scope): void {
  for (const cycle of topologicalOrder(scope.body).cycles) {
    const id = cycle[0] ?? "";
    const node = scope.body[id];
    if (node === undefined) continue;
    const ownOutput = cycle.length === 2 && (isLoop(node) || isIfZone(node));
    reportAt(check, { scope, id, node }, [], {
      code: "graph.cycle",
      message: ownOutput
        ? `The outputs of "${id}" exist only after it has run; nodes inside cannot read them.`
        : `These nodes wait for one another: ${cycle.join(" → ")}.`,
      got: cycle.join(" → "),
      fix: ownOutput
        ? 'Inside, read the current value of a state as "@name".'
        : "Carry the value from one iteration to the next with a state of a loop.",
    });
  }
}

/** [G3] Outputs lead to values. */
function checkOutputs(
  check: Check,
  scope: RootScope,
  outputs: Readonly<Record<string, Ref>>,
  path: FilePath,
): void {
  for (const [name, ref] of Object.entries(outputs)) {
    checkName(check, [...path, name], name, "name");
    const tell = (finding: Finding): void => report(check, [...path, name], finding);
    checkRef({ check, scope, tell }, ref);
  }
  if (scope.block !== null && Object.keys(outputs).length === 0)
    report(check, path, { code: "block.no-outputs", message: "The block has no outputs." });
}

/** [G3] A graph from which nothing comes out is no graph; a node without outputs is an effect of its own. */
function checkHasOutput(check: Check): void {
  const { document, registry } = check;
  if (Object.keys(document.outputs).length > 0) return;
  const hasEffect = Object.values(document.graph).some(({ type, ...node }) => {
    const definition = "v" in node ? registry.find(type, node.v) : undefined;
    return definition !== undefined && Object.keys(definition.outputs).length === 0;
  });
  if (!hasEffect)
    report(check, ["outputs"], {
      code: "graph.no-outputs",
      message: "Nothing comes out of this graph.",
      fix: 'Name an output, such as "x0": "anneal.x0".',
    });
}

function comparePaths(a: FilePath, b: FilePath): number {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const [x, y] = [a[i], b[i]];
    if (x === y || x === undefined || y === undefined) continue;
    if (typeof x === "number" && typeof y === "number") return x - y;
    return String(x) < String(y) ? -1 : 1;
  }
  return a.length - b.length;
}
