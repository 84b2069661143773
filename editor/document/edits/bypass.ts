import type { Registry } from "../../../runtime/graph/define-node.ts";
import type { Document } from "../../../runtime/graph/document.ts";
import { own } from "../../../runtime/graph/own.ts";
import type { Ref } from "../../../runtime/graph/refs.ts";
import { analyse } from "../analysis.ts";
import type { Key } from "../keys.ts";
import { keyOf, pathOf, uiNameOf } from "../keys.ts";
import { nodeAt } from "../places.ts";
import { readsOf } from "../reads.ts";
import { uiOf } from "../ui.ts";
import { ownerKeyOf } from "../wires.ts";
import type { DocumentDraft } from "./draft.ts";
import { setAt, settled, tableAt } from "./draft.ts";
import { heirOf } from "./remove.ts";
import { rewriteReads } from "./references.ts";
import { uiPart } from "./ui-draft.ts";

export const isBypassed = (document: Document, node: Key): boolean =>
  own(uiOf(document).bypassed, uiNameOf(node)) !== undefined;

/** True where all that reads a node could read through it. */
export function canBypass(document: Document, registry: Registry, node: Key): boolean {
  const healing = { analysis: analyse(document, registry), registry, gone: [node] };
  const reads = readsOf(document).filter(({ from }) => isPortOf(from?.source, node));
  return (
    nodeAt(document, node) !== null &&
    reads.length > 0 &&
    reads.every((read) => heirOf(healing, read) !== null)
  );
}

const isPortOf = (source: Parameters<typeof ownerKeyOf>[0] | undefined, node: Key): boolean =>
  source?.kind === "port" && ownerKeyOf(source) === node;

/** [E10] Lets who reads a node read what it reads; what they read before is remembered. Nothing where types forbid it. */
export function bypass(draft: DocumentDraft, registry: Registry, node: Key): void {
  const document = settled(draft);
  if (!canBypass(document, registry, node)) return;
  const healing = { analysis: analyse(document, registry), registry, gone: [node] };
  const before: Record<Key, Ref> = {};
  rewriteReads(draft, (read) => {
    if (!isPortOf(read.from?.source, node)) return undefined;
    before[read.key] = read.ref;
    return heirOf(healing, read);
  });
  uiPart(draft, "bypassed")[uiNameOf(node)] = before;
}

/** [E10] Lets them read the node again, as far as they are still there. */
export function unbypass(draft: DocumentDraft, node: Key): void {
  const name = uiNameOf(node);
  const before = own(uiOf(settled(draft)).bypassed, name);
  if (before === undefined) return;
  for (const [place, ref] of Object.entries(before)) {
    const path = pathOf(place);
    if (tableAt(draft, keyOf(path.slice(0, -1)))?.[path.at(-1) ?? ""] !== undefined)
      setAt(draft, place, ref);
  }
  delete uiPart(draft, "bypassed")[name];
}
