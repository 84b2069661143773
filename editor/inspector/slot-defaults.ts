import type { AnyNode, Registry } from "../../runtime/graph/define-node.ts";
import type { SlotKind } from "../../runtime/graph/document.ts";
import { slotTypes } from "../../runtime/graph/node-ports.ts";
import { whyNotAssignable } from "../../runtime/graph/ports.ts";

/** Nodes that can stand in a slot: they need no wire, and what they give first is of its kind. */
export function defaultTypes(registry: Registry, kind: SlotKind): readonly AnyNode[] {
  return registry.types
    .flatMap((type) => registry.versions(type).slice(0, 1))
    .filter(({ inputs, outputs }) => {
      const [gives] = Object.values(outputs);
      const needs = Object.values(inputs).some(({ optional }) => optional !== true);
      return (
        !needs &&
        gives !== undefined &&
        isMeant(gives.kind, kind) &&
        whyNotAssignable(gives, slotTypes[kind]) === null
      );
    })
    .toSorted((a, b) => (a.title < b.title ? -1 : 1));
}

/** A port that takes tensors and numbers alike is not what stands for a number. */
const isMeant = (gives: string, kind: SlotKind): boolean =>
  gives === slotTypes[kind].kind || kind !== "scalar";

const withoutFiles: ReadonlySet<SlotKind> = new Set(["scalar", "level", "schedule"]);

/** [S1] Kinds whose default may be a file. */
export const takesFile = (kind: SlotKind): boolean => !withoutFiles.has(kind);
