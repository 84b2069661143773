import type { Document } from "../../runtime/graph/document.ts";
import { innerScopes, type Scope } from "../../runtime/graph/scope.ts";
import type { Key } from "../document/keys.ts";
import { keyOf, uiNameOf } from "../document/keys.ts";
import { rootScopes } from "../document/reads.ts";

/** Something of a document that one can go to, by its path as probes and messages name it. */
export interface Thing {
  readonly key: Key;
  readonly name: string;
  readonly type: string;
}

/** Every slot, node and output, blocks included. */
export function thingsOf(document: Document): readonly Thing[] {
  return rootScopes(document).flatMap((scope) => [
    ...borders(document, scope, "inputs"),
    ...nodesIn(scope),
    ...borders(document, scope, "outputs"),
  ]);
}

function nodesIn(scope: Scope): readonly Thing[] {
  return Object.entries(scope.body).flatMap(([id, node]) => {
    const key = keyOf([...scope.path, id]);
    return [
      { key, name: uiNameOf(key), type: node.type },
      ...innerScopes(scope, id, node).flatMap(nodesIn),
    ];
  });
}

function borders(document: Document, scope: Scope, part: "inputs" | "outputs"): readonly Thing[] {
  if (scope.kind !== "root") return [];
  const owner = scope.block === null ? document : document.blocks[scope.block];
  return Object.keys(owner?.[part] ?? {}).map((name) => {
    const key = keyOf([...scope.path.slice(0, -1), part, name]);
    return { key, name: uiNameOf(key), type: part === "inputs" ? "input" : "output" };
  });
}
