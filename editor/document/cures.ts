import type { Registry } from "../../runtime/graph/define-node.ts";
import type { Analysis } from "./analysis.ts";
import type { Exit, Origin, Refusal } from "./connect.ts";
import { connect } from "./edits/connect.ts";
import { expose } from "./edits/expose.ts";
import { insertNew } from "./edits/insert-on-wire.ts";
import type { Message, Recipe } from "./history.ts";
import type { Key } from "./keys.ts";
import { keyOf } from "./keys.ts";
import { sinkAt } from "./sinks.ts";

/** What makes a refused wire fit: what it does, in words, and the edit. */
export interface Cure {
  readonly name: Message;
  readonly recipe: Recipe;
}

/** A wire that may not be drawn as it is. */
export interface RefusedWire {
  readonly origin: Origin;
  readonly target: Key;
  readonly refusal: Refusal;
}

/** Whether anything is offered for a refusal. */
export const isCurable = ({ fields, adapters, exits }: Refusal): boolean =>
  fields.length + adapters.length + exits.length > 0;

/** A field of the value, a node between, or a way out of the zone. */
export function curesOf(
  analysis: Analysis,
  registry: Registry,
  { origin, target, refusal }: RefusedWire,
): readonly Cure[] {
  const sink = sinkAt(analysis, registry, target);
  const reader = sink === null ? null : keyOf(sink.scope.path);
  const ways = new Set(refusal.exits.map((exit) => exit.as));
  return [
    ...refusal.fields.map((ref): Cure => ({
      name: { key: "canvas.cure.field", values: { ref } },
      recipe: (draft) => connect(draft, target, ref),
    })),
    ...refusal.adapters.map((type): Cure => ({
      name: {
        key: "canvas.cure.adapter",
        values: { type: registry.versions(type)[0]?.title ?? type },
      },
      recipe: (draft) => void insertNew(draft, registry, { type, ref: origin.ref, wire: target }),
    })),
    ...(reader === null ? [] : [...ways].flatMap((as) => exitCure(as, origin, target, reader))),
  ];
}

function exitCure(as: Exit["as"], origin: Origin, target: Key, reader: Key): readonly Cure[] {
  if (as === "output") return [];
  const way = as === "scan" ? ({ as } as const) : ({ as, init: "" } as const);
  const from = { scope: keyOf(origin.scope.path), ref: origin.ref };
  const recipe: Recipe = (draft) => {
    const ref = expose(draft, from, reader, way);
    if (ref !== null) connect(draft, target, ref);
  };
  return [{ name: { key: `canvas.cure.${as}` }, recipe }];
}
