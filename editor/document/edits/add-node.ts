import type { Registry } from "../../../runtime/graph/define-node.ts";
import type { Node } from "../../../runtime/graph/document.ts";
import { freeName, idFor, takenIds } from "../ids.ts";
import type { Key } from "../keys.ts";
import { keyOf } from "../keys.ts";
import type { Point } from "../ui.ts";
import type { DocumentDraft } from "./draft.ts";
import { scopeIn, setAt } from "./draft.ts";
import { move } from "./move.ts";

export interface Addition {
  /** A node's or zone's type, or `block:NAME` of a block of the file. */
  readonly type: string;
  readonly body: Key;
  /** From the origin of the body. */
  readonly at: Point;
  readonly params?: Readonly<Record<string, unknown>>;
}

/**
 * Adds a node, a zone or a use of a block, without wires; returns its key.
 *
 * @throws RangeError where there is no such type.
 */
export function addNode(draft: DocumentDraft, registry: Registry, addition: Addition): Key {
  const { type, body, at, params } = addition;
  const scope = scopeIn(draft, body);
  const id = freeName(idFor(type.replace(/^block:/, "")), takenIds(scope));
  const key = keyOf([...scope.path, id]);
  const node = freshNode(registry, type);
  setAt(draft, key, params === undefined ? node : { ...node, params: { ...node.params, ...params } });
  move(draft, new Map([[key, at]]));
  return key;
}

function freshNode(registry: Registry, type: string): Node {
  const zone = freshZones[type];
  if (zone !== undefined) return zone;
  if (type.startsWith("block:")) return { type: "block", use: type.slice("block:".length) };
  const v = registry.versions(type)[0]?.v;
  if (v === undefined) throw new RangeError(`addNode: there is no node type ${JSON.stringify(type)}`);
  return { type, v };
}

/** Zones with nothing in them; what they cannot do without waits for a wire. */
const freshZones: Readonly<Record<string, Node>> = {
  "zone/repeat": { type: "zone/repeat", v: 1, params: { count: 10 }, body: {} },
  "zone/for-each": { type: "zone/for-each", v: 1, each: {}, body: {} },
  "zone/while": { type: "zone/while", v: 1, params: { max: 100 }, while: "@k", body: {} },
  "zone/if": {
    type: "zone/if",
    v: 1,
    in: { condition: "" },
    then: { body: {}, outputs: {} },
    else: { body: {}, outputs: {} },
  },
};
