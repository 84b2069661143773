import { z } from "zod";
import type { AnyNode, Registry } from "../../../runtime/graph/define-node.ts";
import type { Node, Zone } from "../../../runtime/graph/document.ts";
import type { Ref } from "../../../runtime/graph/refs.ts";
import { freeName, idFor, takenIds } from "../ids.ts";
import type { Key } from "../keys.ts";
import { keyOf } from "../keys.ts";
import type { Point } from "../ui.ts";
import type { DocumentDraft } from "./draft.ts";
import { scopeIn, setAt } from "./draft.ts";
import { move } from "./move.ts";

/** What is to be made: a node of the registry (its latest version, unless one is named), a zone, a use of a block of the file. */
export type NodeKind =
  | {
      readonly kind: "node";
      readonly type: string;
      readonly v?: number;
      readonly params?: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: "zone"; readonly type: Zone["type"] }
  | { readonly kind: "block"; readonly use: string };

export interface Addition {
  readonly body: Key;
  readonly node: NodeKind;
  /** From the origin of the body; left to layout where it is not given. */
  readonly at?: Point;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly in?: Readonly<Record<string, Ref>>;
}

/**
 * [E7] Adds a node under a readable id that no body around or inside has; returns its key.
 *
 * @throws RangeError where there is no such type or body.
 */
export function addNode(
  draft: DocumentDraft,
  registry: Registry,
  { body, node: kind, at, params, in: wires }: Addition,
): Key {
  const scope = scopeIn(draft, body);
  const base = kind.kind === "block" ? kind.use : idFor(kind.type);
  const key = keyOf([...scope.path, freeName(base, takenIds(scope))]);
  const node = newNode(kind, registry);
  setAt(draft, key, {
    ...node,
    ...(params === undefined ? {} : { params: { ...node.params, ...params } }),
    ...(wires === undefined ? {} : { in: { ...node.in, ...wires } }),
  });
  if (at !== undefined) move(draft, new Map([[key, at]]));
  return key;
}

/**
 * A node as it is when it is new.
 *
 * @throws RangeError where there is no such type.
 */
export function newNode(kind: NodeKind, registry: Registry): Node {
  if (kind.kind === "zone") return newZones[kind.type];
  if (kind.kind === "block") return { type: "block", use: kind.use };
  const { type, v = registry.versions(type)[0]?.v } = kind;
  if (v === undefined)
    throw new RangeError(`newNode: there is no node type ${JSON.stringify(type)}`);
  const params = { ...requiredParams(registry.find(type, v)), ...kind.params };
  return { type, v, ...(Object.keys(params).length === 0 ? {} : { params }) };
}

/** Structural params without a default get the plainest value that their schema takes, so that the ports are there at once. */
function requiredParams(definition: AnyNode | undefined): Readonly<Record<string, unknown>> {
  const needed = Object.entries(definition?.params.shape ?? {}).flatMap(([name, schema]) => {
    if (z.safeParse(schema, undefined).success) return [];
    const options = schema instanceof z.ZodEnum ? schema.options : [];
    const plain = [...options, "x", 1, 0, 0.5, false, [1], [0, 1]].find(
      (value) => z.safeParse(schema, value).success,
    );
    return plain === undefined ? [] : [[name, plain] as const];
  });
  return Object.fromEntries(needed);
}

/** Zones with nothing in them; what they cannot do without waits for a wire. */
const newZones: Readonly<Record<Zone["type"], Node>> = {
  "zone/repeat": { type: "zone/repeat", v: 1, params: { count: 10 }, body: {} },
  "zone/for-each": { type: "zone/for-each", v: 1, each: {}, body: {} },
  "zone/while": { type: "zone/while", v: 1, params: { max: 100 }, while: "", body: {} },
  "zone/if": {
    type: "zone/if",
    v: 1,
    in: { condition: "" },
    then: { body: {}, outputs: {} },
    else: { body: {}, outputs: {} },
  },
};
