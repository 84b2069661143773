import { useCallback } from "react";
import { useStudio } from "../app/use-studio.ts";
import type { Studio } from "../app/studio.ts";
import { useReadBlock } from "../blocks/use-shelf.ts";
import { fileAsBlock } from "../document/block-file.ts";
import { addNode, type NodeKind } from "../document/edits/add-node.ts";
import { bringBlocks } from "../document/edits/bring-blocks.ts";
import { connect } from "../document/edits/connect.ts";
import type { DocumentDraft } from "../document/edits/draft.ts";
import { addFrame, addNote } from "../document/edits/notes.ts";
import { whyNotPaste } from "../document/edits/paste.ts";
import { addSlot } from "../document/edits/slots.ts";
import { bodyKeyOf, idOf, pathOf, scopeAt, type Key } from "../document/keys.ts";
import { originAt } from "../document/origin-at.ts";
import { sinkAt } from "../document/sinks.ts";
import type { Registry } from "../../runtime/graph/define-node.ts";
import { placeInOrder } from "./place-in-order.ts";
import type { PaletteRequest } from "./palette-request.ts";
import type { AnyEntry } from "./use-entries.ts";

type Add = (entry: AnyEntry, request: PaletteRequest, port: string | null) => void;

/** Adds what was chosen where it was asked for, with the wire that was dropped: one edit; what is new is selected. */
export function useAdd(): Add {
  const studio = useStudio();
  const read = useReadBlock();
  return useCallback(
    (entry, request, port) => {
      const add = (block: BlockOfFile | null) => addNow(studio, { entry, request, port, block });
      if (entry.node.kind !== "shelf") return add(null);
      const { name } = entry.node.block;
      const { opening } = studio.editor.getState();
      void read(entry.node.block).then((file) => {
        if (file === null || !isStillThere(studio, opening, request.body)) return;
        const block = fileAsBlock(file, name);
        const why = whyNotPaste(block, request.body);
        if (why === null) add(block);
        else studio.announce(why);
      });
    },
    [studio, read],
  );
}

/** While a block is fetched, its place may go, with the whole graph or by an undo. */
function isStillThere({ editor }: Studio, opening: symbol, body: Key): boolean {
  const now = editor.getState();
  const scope = scopeAt(now.history.present, body);
  return now.opening === opening && scope !== null && bodyKeyOf(scope) === body;
}

interface Chosen {
  readonly entry: AnyEntry;
  readonly request: PaletteRequest;
  readonly port: string | null;
  /** What was read of a block that the document does not have. */
  readonly block: BlockOfFile | null;
}

type BlockOfFile = ReturnType<typeof fileAsBlock>;

function addNow(studio: Studio, { entry, request, port, block }: Chosen): void {
  const { editor, registry, view } = studio;
  const now = studio.analysis.getState();
  const { from } = request;
  const origin = from === null ? null : originAt(now, registry, from);
  const isTarget = from !== null && origin === null && sinkAt(now, registry, from) !== null;
  const { scope } = editor.getState();
  const at = from === null ? request.at : placeInOrder(studio, request, { from, isTarget });
  let added = "";
  editor.actions.edit({ label: { key: "edits.add", values: { type: entry.title } } }, (draft) => {
    added = addEntry(draft, registry, entry, { ...request, at, scope, block });
    if (port === null || from === null) return;
    const ref = entry.node.kind === "slot" ? `@${idOf(added)}` : `${idOf(added)}.${port}`;
    if (isTarget) connect(draft, from, ref);
    else if (origin !== null) connect(draft, `${added}/in/${port}`, origin.ref);
  });
  editor.actions.select(added === "" ? [] : [added]);
  // Inputs find a place of their own outside of zones.
  if (entry.node.kind === "slot") view.setState({ camera: "follow" });
}

const sizes = { note: [240, 96], frame: [360, 220] } as const;

/** Inputs belong to the graph or the block around, notes and frames to the body that is shown. */
function addEntry(
  draft: DocumentDraft,
  registry: Registry,
  { node }: AnyEntry,
  { body, at, ground, scope, block }: PaletteRequest & Pick<Chosen, "block"> & { scope: Key },
): Key {
  const [first, name] = pathOf(body);
  const owner = first === "blocks" ? (name ?? null) : null;
  switch (node.kind) {
    case "slot":
      return addSlot(draft, {
        block: owner,
        kind: node.slot,
        // Inside of a zone that is shown alone it has no place.
        ...(scope.endsWith("/body") ? {} : { at: ground }),
      });
    case "note":
      return addNote(draft, { at: ground, size: [...sizes.note], text: "", scope });
    case "frame":
      return addFrame(draft, {
        at: ground,
        size: [...sizes.frame],
        title: "",
        colour: "grey",
        scope,
      });
    case "shelf":
      return addNode(draft, registry, { node: useOf(draft, block), body, at });
    default:
      return addNode(draft, registry, { node, body, at });
  }
}

/** A use of a block of another file, which comes into the document with it. */
function useOf(draft: DocumentDraft, block: BlockOfFile | null): NodeKind {
  if (block === null) throw new Error("useOf: the block was not read");
  const { renamed } = bringBlocks(draft, block.document);
  return { kind: "block", use: renamed.get(block.name) ?? block.name };
}
