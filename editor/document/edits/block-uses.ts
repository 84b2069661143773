import type { Document } from "../../../runtime/graph/document.ts";
import { isBlockNode } from "../../../runtime/graph/document.ts";
import type { Scope } from "../../../runtime/graph/scope.ts";
import { innerScopes } from "../../../runtime/graph/scope.ts";
import type { Key } from "../keys.ts";
import { keyOf } from "../keys.ts";
import { rootScopes } from "../reads.ts";
import { ownerKeyOf } from "../wires.ts";
import type { DocumentDraft } from "./draft.ts";
import { deleteAt, moveEntry, settled, tableAt } from "./draft.ts";
import { rewriteReads } from "./references.ts";

/** Keys of all nodes that use a block. */
export function usesOf(document: Document, block: string): readonly Key[] {
  const inside = (scope: Scope): readonly Key[] =>
    Object.entries(scope.body).flatMap(([id, node]) => [
      ...(isBlockNode(node) && node.use === block ? [keyOf([...scope.path, id])] : []),
      ...innerScopes(scope, id, node).flatMap(inside),
    ]);
  return rootScopes(document).flatMap(inside);
}

export interface InterfaceChange {
  readonly block: string;
  readonly group: "inputs" | "outputs";
  readonly from: string;
  /** Null: it is gone. */
  readonly to: string | null;
}

/** Lets all uses of a block follow when a port of it is renamed or goes away. */
export function renameInUses(
  draft: DocumentDraft,
  { block, group, from, to }: InterfaceChange,
): void {
  const uses = usesOf(settled(draft), block);
  if (group === "outputs") {
    rewriteReads(draft, (read) => {
      const source = read.from?.source;
      if (source?.kind !== "port" || source.port !== from || !uses.includes(ownerKeyOf(source)))
        return undefined;
      const rest = read.ref.slice(source.id.length + 1 + from.length);
      return to === null ? null : `${source.id}.${to}${rest}`;
    });
    return;
  }
  for (const use of uses)
    for (const table of ["in", "params"]) {
      if (tableAt(draft, `${use}/${table}`)?.[from] === undefined) continue;
      if (to === null) deleteAt(draft, `${use}/${table}/${from}`);
      else moveEntry(tableAt(draft, `${use}/${table}`), from, to);
    }
}
