import type { Document, SlotKind } from "../../graph/document.ts";

/** The name of a graph's input of a kind, where it has exactly one. */
export function onlySlot({ inputs }: Document, kind: SlotKind): string | undefined {
  const names = Object.keys(inputs).filter((name) => inputs[name]?.kind === kind);
  return names.length === 1 ? names[0] : undefined;
}
