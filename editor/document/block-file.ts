import type { Block, Document } from "../../runtime/graph/document.ts";
import { own } from "../../runtime/graph/own.ts";
import { blocksUsed } from "./clipboard.ts";
import { freeBlock, isName } from "./ids.ts";
import { uiOf } from "./ui.ts";

/** A block of a document as a graph file of its own, with the blocks in it and where all stands; null where there is none. */
export function blockFile(document: Document, name: string): Document | null {
  const block = own(document.blocks, name);
  if (block === undefined) return null;
  const blocks = blocksUsed(document, block.graph);
  const within = `blocks/${name}/`;
  const inside = (at: string): string | null => {
    if (at.startsWith(within)) return at.slice(within.length);
    const [first, other = ""] = at.split("/");
    return first === "blocks" && Object.hasOwn(blocks, other) ? at : null;
  };
  const { sha256: _, name: title = name, ...rest } = block;
  return { denoodle: 1, name: title, ...rest, blocks, ui: uiWith(document, inside) };
}

/** A graph file as a block of a document that has nothing else, and the block's name there. */
export function fileAsBlock(
  file: Document,
  wanted: string,
): { readonly document: Document; readonly name: string } {
  const { name: title, about, inputs, graph, outputs, blocks } = file;
  const isFree = isName(wanted) && !Object.hasOwn(blocks, wanted);
  const name = isFree ? wanted : freeBlock(file, wanted);
  const block: Block = { name: title, ...(about && { about }), inputs, graph, outputs };
  const inside = (at: string): string => (at.startsWith("blocks/") ? at : `blocks/${name}/${at}`);
  const document: Document = {
    denoodle: 1,
    name: "",
    inputs: {},
    graph: {},
    outputs: {},
    blocks: { ...blocks, [name]: block },
    ui: uiWith(file, inside),
  };
  return { document, name };
}

/** Places, labels and closed zones, by the names that they have elsewhere; null: they have none. */
function uiWith(document: Document, nameThere: (name: string) => string | null): Document["ui"] {
  const { nodes, labels, collapsed } = uiOf(document);
  const moved = <T>(table: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(
      Object.entries(table).flatMap(([name, value]) => {
        const to = nameThere(name);
        return to === null ? [] : [[to, value]];
      }),
    );
  return {
    nodes: moved(nodes),
    labels: moved(labels),
    collapsed: collapsed.flatMap((name) => nameThere(name) ?? []),
  };
}
