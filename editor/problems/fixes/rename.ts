import type { Document } from "../../../runtime/graph/document.ts";
import type { DocumentDraft } from "../../document/edits/draft.ts";
import { rewriteReads } from "../../document/edits/references.ts";
import { rename, whyNotRename } from "../../document/edits/rename.ts";
import { freeName, isName } from "../../document/ids.ts";
import { idOf, pathOf, type Key } from "../../document/keys.ts";
import { valueAt, type Fixer } from "./fix.ts";

/** The nearest name that may stand there; what read the old one follows. */
const renamed: Fixer = (fault) => {
  const { analysis, key, issue } = fault;
  const from = idOf(key);
  // a name with a slash in it has no key
  if (from !== issue.got || valueAt(fault) === undefined) return [];
  const to = freeNameAt(analysis.document, key, from);
  return [
    {
      label: { key: "problems.fix.rename", values: { from, to } },
      recipe: (draft) => {
        if (!isName(from)) readByText(draft, { key, from, to });
        rename(draft, key, to);
      },
    },
  ];
};

function freeNameAt(document: Document, key: Key, name: string): string {
  const taken = new Set([name]);
  for (;;) {
    const next = freeName(name, taken);
    if (whyNotRename(document, key, next) === null) return next;
    taken.add(next);
  }
}

/** A reference to what is no name is text that leads nowhere: it is found by its beginning, in the same graph or block. */
function readByText(
  draft: DocumentDraft,
  { key, from, to }: { readonly key: Key; readonly from: string; readonly to: string },
): void {
  const root = rootOf(key);
  rewriteReads(draft, ({ from: source, target, ref }) => {
    if (source !== null || rootOf(target) !== root) return undefined;
    const at = ref.startsWith("@") ? "@" : "";
    const name = `${at}${from}`;
    const isIt = ref === name || ref.startsWith(`${name}.`);
    return isIt ? `${at}${to}${ref.slice(name.length)}` : undefined;
  });
}

const rootOf = (key: Key): string => {
  const [first, block = ""] = pathOf(key);
  return first === "blocks" ? block : "";
};

export const renameFixers: Readonly<Record<string, Fixer>> = {
  "name.malformed": renamed,
  "name.reserved": renamed,
  "name.shadowed": renamed,
};
