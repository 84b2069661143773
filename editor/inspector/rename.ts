import { produce } from "immer";
import type { Registry } from "../../runtime/graph/define-node.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { analyse } from "../document/analysis.ts";
import { rename } from "../document/edits/rename.ts";
import { tableAt, type DocumentDraft } from "../document/edits/draft.ts";
import type { Key } from "../document/keys.ts";
import { idOf } from "../document/keys.ts";

/** Why a thing may not be called so. */
export type WhyNotName = { readonly taken: string } | { readonly message: string };

/** [N1]–[N3] Tried on a copy of the document: what the new name would clash with; null where it fits. */
export function whyNotName(
  document: Document,
  registry: Registry,
  key: Key,
  name: string,
): WhyNotName | null {
  const owner = key.slice(0, -idOf(key).length - 1);
  const table =
    tableAt(document as DocumentDraft, owner) ?? tableAt(document as DocumentDraft, thenOf(owner));
  const isTaken = Object.hasOwn(table ?? {}, name);
  if (isTaken) return { taken: name };
  const before = nameIssues(document, registry).length;
  const after = nameIssues(
    produce(document, (draft) => void rename(draft, key, name)),
    registry,
  );
  const fresh = after.length > before ? after.find(({ got }) => got === name) : undefined;
  return fresh === undefined ? null : { message: [fresh.message, fresh.fix].join(" ").trim() };
}

/** The outputs of an if stand in both branches. */
const thenOf = (owner: Key): Key => owner.replace(/outputs$/, "then/outputs");

const nameIssues = (document: Document, registry: Registry) =>
  analyse(document, registry).issues.filter(({ code }) => code.startsWith("name."));
