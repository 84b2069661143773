import type { Registry } from "../../../runtime/graph/define-node.ts";
import type { Ref } from "../../../runtime/graph/refs.ts";
import { analyse } from "../analysis.ts";
import { judge } from "../connect.ts";
import type { Key } from "../keys.ts";
import { keyOf, pathOf } from "../keys.ts";
import { nodeView } from "../node-view.ts";
import type { NodeView } from "../node-view.ts";
import { nodeAt, placeOf, scopeOfSite } from "../places.ts";
import type { Point } from "../ui.ts";
import { addNode } from "./add-node.ts";
import { connect } from "./connect.ts";
import type { DocumentDraft } from "./draft.ts";
import { scopeIn, settled, tableAt } from "./draft.ts";

/** The body in which the reference at a place is read. */
export function bodyOfWire(draft: DocumentDraft, wire: Key): Key {
  const place = placeOf(settled(draft), wire);
  return keyOf((place === null ? scopeIn(draft, wire) : scopeOfSite(place)).path);
}

function refAt(draft: DocumentDraft, wire: Key): Ref | null {
  const path = pathOf(wire);
  const ref = tableAt(draft, keyOf(path.slice(0, -1)))?.[path.at(-1) ?? ""];
  return typeof ref === "string" && ref !== "" ? ref : null;
}

/** [E9] Puts a node that is there already on a wire, where its first fitting input and output let it; false where none do. */
export function insertOnWire(
  draft: DocumentDraft,
  registry: Registry,
  node: Key,
  wire: Key,
): boolean {
  const ref = refAt(draft, wire);
  const document = settled(draft);
  const place = nodeAt(document, node);
  if (ref === null || place === null || wire.startsWith(`${node}/`)) return false;
  const scope = scopeIn(draft, bodyOfWire(draft, wire));
  const analysis = analyse(document, registry);
  const view = nodeView(place.scope, place.id, analysis, registry);
  const input = freeInputs(view).find(
    ({ key }) => judge(analysis, registry, { scope, ref }, key).ok,
  );
  if (view === null || input === undefined) return false;
  const output = view.outputs.find(
    ({ ref: out }) => judge(analysis, registry, { scope: place.scope, ref: out ?? "" }, wire).ok,
  );
  if (output === undefined) return false;
  const into = judge(analysis, registry, { scope, ref }, input.key);
  const onwards = judge(analysis, registry, { scope: place.scope, ref: output.ref ?? "" }, wire);
  if (!into.ok || !onwards.ok) return false;
  connect(draft, input.key, into.ref);
  connect(draft, wire, onwards.ref);
  return true;
}

/** Required inputs come first, then optional ones, then scalar params. */
function freeInputs(view: NodeView | null): NodeView["inputs"] {
  const open = (view?.inputs ?? []).filter(({ ref }) => ref === null);
  const rank = (port: NodeView["inputs"][number]): number =>
    Number(port.param) * 2 + Number(port.optional);
  return open.toSorted((a, b) => rank(a) - rank(b));
}

/** [E9] Adds a node between a source and the place that is to read it: an adapter, or one that is dropped on a wire. */
export function insertNew(
  draft: DocumentDraft,
  registry: Registry,
  {
    type,
    ref,
    wire,
    at,
  }: { readonly type: string; readonly ref: Ref; readonly wire: Key; readonly at?: Point },
): Key | null {
  const body = bodyOfWire(draft, wire);
  const key = addNode(draft, registry, {
    body,
    node: { kind: "node", type },
    ...(at === undefined ? {} : { at }),
  });
  connect(draft, wire, ref);
  if (insertOnWire(draft, registry, key, wire)) return key;
  const view = nodeView(
    scopeIn(draft, body),
    key.split("/").at(-1) ?? "",
    analyse(settled(draft), registry),
    registry,
  );
  const [input] = freeInputs(view);
  const [output] = view?.outputs ?? [];
  if (input === undefined || output?.ref === undefined || output.ref === null) return null;
  connect(draft, input.key, ref);
  connect(draft, wire, output.ref);
  return key;
}
