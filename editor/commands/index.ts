import type { Command } from "./command.ts";
import { editCommands } from "./edit-commands.ts";
import { historyCommands } from "./history-commands.ts";
import { moveCommands } from "./move-commands.ts";
import { structureCommands } from "./structure-commands.ts";
import { viewCommands } from "./view-commands.ts";

/** What can be done with the document and the view; running and files bring commands of their own. */
export const editorCommands: readonly Command[] = [
  ...editCommands,
  ...structureCommands,
  ...moveCommands,
  ...historyCommands,
  ...viewCommands,
];
