import type { Command } from "../commands/command.ts";
import type { Message } from "../document/history.ts";
import { measuredPicture } from "./compared.ts";

const noPhoto: Message = { key: "restore.compare.none" };

/** Restoring a photo, and looking at what came of it. */
export const restoreCommands: readonly Command[] = [
  {
    id: "restore.photo",
    keys: ["Alt+r"],
    run: ({ view }) => view.setState({ dialog: "restore" }),
  },
  {
    id: "restore.compare",
    keys: ["Alt+Shift+r"],
    when: ({ editor }) => measuredPicture(editor.getState().history.present) !== null || noPhoto,
    run: ({ view }) => view.setState({ dialog: "before-after" }),
  },
];
