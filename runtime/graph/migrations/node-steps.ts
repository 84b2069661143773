import type { JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";

/**
 * Turns a node of one version into the next, to the same numbers: a change of what a node computes gets a new version
 * and no step, and the old version stays runnable.
 */
export interface NodeMigration {
  readonly type: string;
  readonly from: number;
  /** The node without its version, which is set to `from + 1`. May change `type`. */
  step(node: JsonObject): JsonObject;
}

/** Append only: a shipped step is never edited. */
export const nodeMigrations: readonly NodeMigration[] = [
  {
    type: "schedule/poly",
    from: 0,
    step: (node) =>
      renameParams(node, { n: "steps", sigma_max: "sigmaMax", sigma_min: "sigmaMin" }),
  },
];

/** A node with some params under other names. */
export function renameParams(
  node: JsonObject,
  names: Readonly<Record<string, string>>,
): JsonObject {
  const params = node["params"];
  if (!isJsonObject(params)) return node;
  const renamed = Object.entries(params).map(
    ([name, value]) => [Object.hasOwn(names, name) ? (names[name] ?? name) : name, value] as const,
  );
  return { ...node, params: Object.fromEntries(renamed) };
}
