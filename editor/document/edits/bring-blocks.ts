import { produce } from "immer";
import { sameValue } from "../../../runtime/base/same-value.ts";
import type { Block, Document } from "../../../runtime/graph/document.ts";
import { own } from "../../../runtime/graph/own.ts";
import { freeBlock } from "../ids.ts";
import { uiOf } from "../ui.ts";
import type { DocumentDraft } from "./draft.ts";
import { setAt, settled } from "./draft.ts";
import { rename } from "./rename.ts";
import { uiPart } from "./ui-draft.ts";

/** What a document brought, under the names that its blocks have now. */
export interface Brought {
  readonly document: Document;
  /** By the name that a block had, where it has another one now. */
  readonly renamed: ReadonlyMap<string, string>;
}

/** [K2] Puts the blocks of another document into this one; one whose name another block has gets a new one. */
export function bringBlocks(draft: DocumentDraft, from: Document): Brought {
  const renamed = namesTaken(draft, from);
  const document = produce(from, (copied) => {
    for (const [name, to] of renamed) rename(copied, `blocks/${name}`, to);
  });
  const fresh = Object.keys(document.blocks).filter((name) => !Object.hasOwn(draft.blocks, name));
  for (const name of fresh) setAt(draft, `blocks/${name}`, document.blocks[name]);
  placeInside(draft, document, new Set(fresh));
  return { document, renamed };
}

/** Blocks whose name the document gives to another block, and what they are called instead. */
function namesTaken(draft: DocumentDraft, from: Document): ReadonlyMap<string, string> {
  const here = settled(draft).blocks;
  const taken: Record<string, Block> = { ...here, ...from.blocks };
  return new Map(
    Object.entries(from.blocks).flatMap(([name, block]) => {
      const other = own(here, name);
      if (other === undefined || isSame(other, block)) return [];
      const to = freeBlock({ ...from, blocks: taken }, name);
      taken[to] = block;
      return [[name, to] as const];
    }),
  );
}

/** `sha256` only says which file a block was taken from. */
const isSame = ({ sha256: _a, ...a }: Block, { sha256: _b, ...b }: Block): boolean =>
  sameValue(a, b);

/** Places, labels and closed zones inside of blocks; blocks that were here keep theirs. */
function placeInside(draft: DocumentDraft, from: Document, blocks: ReadonlySet<string>): void {
  const { nodes, labels, collapsed } = uiOf(from);
  const isInside = (name: string): boolean => {
    const [first, block = ""] = name.split("/");
    return first === "blocks" && blocks.has(block);
  };
  for (const [name, [x, y]] of Object.entries(nodes))
    if (isInside(name)) uiPart(draft, "nodes")[name] = [x, y];
  for (const [name, label] of Object.entries(labels))
    if (isInside(name)) uiPart(draft, "labels")[name] = label;
  const closed = collapsed.filter(isInside);
  if (closed.length > 0) uiPart(draft, "collapsed").push(...closed);
}
