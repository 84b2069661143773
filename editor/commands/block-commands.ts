import type { Studio } from "../app/studio.ts";
import { isBlockNode } from "../../runtime/graph/document.ts";
import { makeBlock } from "../document/edits/make-block.ts";
import { ungroup } from "../document/edits/ungroup.ts";
import type { Message } from "../document/history.ts";
import type { Key } from "../document/keys.ts";
import { nodeAt } from "../document/places.ts";
import type { Command } from "./command.ts";
import { restructure } from "./done.ts";
import { needs, selected } from "./selected.ts";

/** Blocks: made of nodes, and taken apart. */
export const blockCommands: readonly Command[] = [
  { id: "edit.makeBlock", keys: ["g"], focus: "canvas", when: needs("node"), run: makes },
  { id: "edit.ungroup", keys: ["Shift+g"], focus: "canvas", when: hasUse, run: ungroups },
];

function makes(studio: Studio): void {
  const nodes = selected(studio, "node");
  let use: Key | null = null;
  restructure(studio, { key: "commands.done.makeBlock", of: nodes }, (draft) => {
    use = makeBlock(draft, studio.registry, nodes, "block")?.use ?? null;
  });
  if (use !== null) studio.editor.actions.select([use]);
}

const usesOf = (studio: Studio): readonly Key[] => {
  const { present } = studio.editor.getState().history;
  return selected(studio, "node").filter((key) => {
    const node = nodeAt(present, key)?.node;
    return node !== undefined && isBlockNode(node);
  });
};

function hasUse(studio: Studio): true | Message {
  return usesOf(studio).length > 0 ? true : { key: "commands.lack.use" };
}

function ungroups(studio: Studio): void {
  const uses = usesOf(studio);
  const { present } = studio.editor.getState().history;
  const blocks = uses.flatMap((key) => {
    const node = nodeAt(present, key)?.node;
    return node !== undefined && isBlockNode(node) ? [`blocks/${node.use}`] : [];
  });
  const moved = [...uses, ...blocks];
  let freed: readonly Key[] = [];
  restructure(studio, { key: "commands.done.ungroup", of: uses, moved }, (draft) => {
    freed = uses.flatMap((use) => ungroup(draft, studio.registry, use));
  });
  studio.editor.actions.select(freed);
}
