import type { Ref } from "../../runtime/graph/refs.ts";
import type { Key } from "./keys.ts";
import { keyOf, pathOf, uiNameOf } from "./keys.ts";

/** The name by which a run keeps an output port, `anneal/denoise.x0`; null for what no run has by itself. */
export function wireNameOf(source: Key): string | null {
  const path = pathOf(source);
  if (path[0] !== "graph" || path.at(-2) !== "out") return null;
  return `${uiNameOf(keyOf(path.slice(0, -2)))}.${path.at(-1) ?? ""}`;
}

/** The node that a run's wire comes from: `anneal/denoise` of `anneal/denoise.x0`; null for an output. */
export const nodeNameIn = (wire: string): string | null =>
  wire.startsWith("=") ? null : wire.slice(0, wire.lastIndexOf("."));

/** What a reference names in the end: `x0` of `denoise.x0`, `level` of `@level`, `sigma` of `@level.sigma`. */
export const lastNameOf = (ref: Ref): string => /[^.@]+$/u.exec(ref)?.[0] ?? "";
