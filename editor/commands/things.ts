import type { Document } from "../../runtime/graph/document.ts";
import { innerScopes, type Scope } from "../../runtime/graph/scope.ts";
import type { Key } from "../document/keys.ts";
import { keyOf, uiNameOf } from "../document/keys.ts";
import { labelOf } from "../document/ui.ts";
import { rootScopes } from "../document/reads.ts";

/** Something of a document that one can go to, by its path as probes and messages name it. */
export interface Thing {
  readonly key: Key;
  readonly name: string;
  readonly type: string;
  /** What it is called on the canvas, where that is another name. */
  readonly label: string | null;
}

/** Every slot, node and output, blocks included. */
export function thingsOf(document: Document): readonly Thing[] {
  return rootScopes(document).flatMap((scope) => [
    ...borders(document, scope, "inputs"),
    ...nodesIn(document, scope),
    ...borders(document, scope, "outputs"),
  ]);
}

function nodesIn(document: Document, scope: Scope): readonly Thing[] {
  return Object.entries(scope.body).flatMap(([id, node]) => {
    const key = keyOf([...scope.path, id]);
    return [
      { key, name: uiNameOf(key), type: node.type, label: labelOf(document, key) },
      ...innerScopes(scope, id, node).flatMap((inner) => nodesIn(document, inner)),
    ];
  });
}

function borders(document: Document, scope: Scope, part: "inputs" | "outputs"): readonly Thing[] {
  if (scope.kind !== "root") return [];
  const owner = scope.block === null ? document : document.blocks[scope.block];
  return Object.keys(owner?.[part] ?? {}).map((name) => {
    const key = keyOf([...scope.path.slice(0, -1), part, name]);
    return { key, name: uiNameOf(key), type: part === "inputs" ? "input" : "output", label: null };
  });
}
