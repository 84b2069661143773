import type { Studio } from "../app/studio.ts";
import { isBlockNode } from "../../runtime/graph/document.ts";
import { writeDocument } from "../../runtime/graph/write.ts";
import type { Command } from "../commands/command.ts";
import { selected } from "../commands/selected.ts";
import { blockFile } from "../document/block-file.ts";
import { nodeAt } from "../document/places.ts";
import { OwnFilesError } from "../own-files/own-files-error.ts";
import type { OwnFiles } from "../own-files/own-files.ts";
import { factsOf } from "./shelf-block.ts";

/** A block is kept by the browser, and is a node of every graph from then on. */
export const keepBlockCommands = (files: OwnFiles): readonly Command[] => [
  {
    id: "file.keepBlock",
    when: (studio) => blockMeant(studio) !== null || { key: "commands.lack.use" },
    run: (studio) => keep(studio, files),
  },
];

/** The block whose use is selected, else the one that is shown. */
function blockMeant(studio: Studio): string | null {
  const { history, scope } = studio.editor.getState();
  for (const key of selected(studio, "node")) {
    const node = nodeAt(history.present, key)?.node;
    if (node !== undefined && isBlockNode(node)) return node.use;
  }
  const [first, name] = scope.split("/");
  return first === "blocks" ? (name ?? null) : null;
}

async function keep(studio: Studio, files: OwnFiles): Promise<void> {
  const name = blockMeant(studio);
  const file = name === null ? null : blockFile(studio.editor.getState().history.present, name);
  if (name === null || file === null) return;
  const bytes = new TextEncoder().encode(writeDocument(file));
  try {
    const kept = await files.putBlock(`${name}.json`, bytes, factsOf(file));
    studio.announce({ key: "files.block.kept", values: { title: file.name, name: kept.name } });
  } catch (fault) {
    if (!(fault instanceof OwnFilesError)) throw fault;
    studio.announce(fault.words);
  }
}
