import type { Registry } from "../../../runtime/graph/define-node.ts";
import type { Ref } from "../../../runtime/graph/refs.ts";
import type { PortType } from "../../../runtime/graph/ports.ts";
import { whyNotAssignable } from "../../../runtime/graph/ports.ts";
import { analyse } from "../analysis.ts";
import type { Key } from "../keys.ts";
import { nodeView } from "../node-view.ts";
import type { NodeView, PortView } from "../node-view.ts";
import { nodeAt } from "../places.ts";
import { readersOf } from "../reads.ts";
import type { NodeKind } from "./add-node.ts";
import { newNode } from "./add-node.ts";
import type { DocumentDraft } from "./draft.ts";
import { nodeDraft, scopeIn, setAt, settled } from "./draft.ts";
import { unwire } from "./references.ts";

/**
 * [E8] Puts another kind of node in a node's place, under its id. Wires and params are kept by name where types permit,
 * then wires by type; what fits nowhere is left out, and its readers lose their wire.
 */
export function replaceNode(
  draft: DocumentDraft,
  registry: Registry,
  key: Key,
  kind: NodeKind,
): void {
  const document = settled(draft);
  const place = nodeAt(document, key);
  const before =
    place === null ? null : nodeView(place.scope, place.id, analyse(document, registry), registry);
  if (place === null || before === null) return;
  const readers = readersOf(document);
  setAt(draft, key, newNode(kind, registry));
  keepParams(draft, key, before, viewNow(draft, registry, key));
  const after = viewNow(draft, registry, key);
  if (after === null) return;
  for (const [name, ref] of inputsKept(before, after)) setAt(draft, `${key}/in/${name}`, ref);
  for (const output of before.outputs) {
    const heir = matching(output, after.outputs);
    for (const read of readers.get(output.key) ?? []) {
      if (read.key.startsWith(`${key}/`)) continue;
      const rest = read.ref.slice(place.id.length + 1 + output.name.length);
      if (heir === null) unwire(draft, read.key);
      else setAt(draft, read.key, `${place.id}.${heir.name}${rest}`);
    }
  }
}

function viewNow(draft: DocumentDraft, registry: Registry, key: Key): NodeView | null {
  const scope = scopeIn(draft, key);
  return nodeView(scope, key.split("/").at(-1) ?? "", analyse(settled(draft), registry), registry);
}

function keepParams(
  draft: DocumentDraft,
  key: Key,
  before: NodeView,
  after: NodeView | null,
): void {
  const names = new Set(after?.params.map(({ name }) => name));
  const node = nodeDraft(draft, key);
  for (const { name, value, given } of before.params)
    if (given && names.has(name) && node !== null) setAt(draft, `${key}/params/${name}`, value);
}

/** Each wire into one input of the new node: of its own name, else the first that its type fits and that is still free. */
function inputsKept(before: NodeView, after: NodeView): readonly (readonly [string, Ref])[] {
  const kept = new Map<string, Ref>();
  const open = (port: PortView): boolean => !kept.has(port.name) && port.key.includes("/in/");
  const wired = before.inputs.filter(({ ref, key }) => ref !== null && key.includes("/in/"));
  const rest = wired.filter((input) => {
    const same = after.inputs.find(({ name }) => name === input.name);
    if (same === undefined || !open(same) || !fits(input.type, same.type)) return true;
    kept.set(same.name, input.ref ?? "");
    return false;
  });
  for (const input of rest) {
    const other = after.inputs.find(
      (port) => open(port) && !port.param && fits(input.type, port.type),
    );
    if (other !== undefined) kept.set(other.name, input.ref ?? "");
  }
  return [...kept];
}

function matching(output: PortView, outputs: readonly PortView[]): PortView | null {
  const same = outputs.find(({ name }) => name === output.name);
  if (same !== undefined && fits(same.type, output.type)) return same;
  return outputs.find(({ type }) => fits(type, output.type)) ?? null;
}

const fits = (from: PortType | null, to: PortType | null): boolean =>
  from === null || to === null || whyNotAssignable(from, to) === null;
