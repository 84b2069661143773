import type { BlockNode, Document, Node, Slot, Zone } from "../../runtime/graph/document.ts";
import { isBlockNode, isZone } from "../../runtime/graph/document.ts";
import { own } from "../../runtime/graph/own.ts";
import type { Ref } from "../../runtime/graph/refs.ts";
import type { RootScope, Scope } from "../../runtime/graph/scope.ts";
import type { Key } from "../document/keys.ts";
import { idOf, keyOf, pathOf, scopeAt, scopeKeyOf } from "../document/keys.ts";
import { readsOf, type Read } from "../document/reads.ts";

interface InBody {
  readonly key: Key;
  readonly id: string;
  readonly scope: Scope;
}
interface OfRoot {
  readonly key: Key;
  readonly name: string;
  readonly scope: RootScope;
}

/** What a key names. */
export type Thing =
  | (InBody & { readonly kind: "node"; readonly node: Node })
  | (InBody & { readonly kind: "zone"; readonly node: Zone })
  | (InBody & { readonly kind: "block"; readonly node: BlockNode })
  | (OfRoot & { readonly kind: "slot"; readonly slot: Slot })
  | (OfRoot & { readonly kind: "output"; readonly ref: Ref })
  | { readonly kind: "wire"; readonly key: Key; readonly read: Read };

/** Null where the document has nothing of that name. */
export function thingAt(document: Document, key: Key): Thing | null {
  return nodeAt(document, key) ?? interfaceAt(document, key) ?? wireAt(document, key);
}

/** The thing that a key names or lies in; the nearest one around it. */
export function thingAround(document: Document, key: Key): Thing | null {
  const path = pathOf(key);
  for (let length = path.length; length > 0; length -= 1) {
    const thing = thingAt(document, keyOf(path.slice(0, length)));
    if (thing !== null) return thing;
  }
  return null;
}

function nodeAt(document: Document, key: Key): Thing | null {
  const body = scopeKeyOf(key);
  const scope = scopeAt(document, body);
  if (scope === null || keyOf(scope.path) !== body) return null;
  const id = idOf(key);
  const node = own(scope.body, id);
  if (node === undefined || key !== `${body}/${id}`) return null;
  if (isZone(node)) return { kind: "zone", key, id, scope, node };
  if (isBlockNode(node)) return { kind: "block", key, id, scope, node };
  return { kind: "node", key, id, scope, node };
}

function interfaceAt(document: Document, key: Key): Thing | null {
  const path = pathOf(key);
  const [group, name] = path.slice(-2);
  const isOfRoot = path.length === 2 || (path.length === 4 && path[0] === "blocks");
  if (!isOfRoot || name === undefined) return null;
  const scope = scopeAt(document, keyOf([...path.slice(0, -2), "graph"]));
  if (scope?.kind !== "root") return null;
  if (group === "outputs") return outputAt(document, { key, name, scope });
  const slot = group === "inputs" ? own(scope.inputs, name) : undefined;
  return slot === undefined ? null : { kind: "slot", key, name, scope, slot };
}

function outputAt(document: Document, place: OfRoot): Thing | null {
  const { block } = place.scope;
  const ref = own(
    block === null ? document.outputs : own(document.blocks, block)?.outputs,
    place.name,
  );
  return ref === undefined ? null : { kind: "output", ...place, ref };
}

function wireAt(document: Document, key: Key): Thing | null {
  const read = readsOf(document).find((each) => each.key === key && !each.inExpression);
  return read === undefined ? null : { kind: "wire", key, read };
}
