import { blockCommands } from "./block-commands.ts";
import { type Clipboard, clipboardCommands } from "./clipboard-commands.ts";
import type { Command } from "./command.ts";
import { editCommands } from "./edit-commands.ts";
import { historyCommands } from "./history-commands.ts";
import { layoutCommands } from "./layout-commands.ts";
import { moveCommands } from "./move-commands.ts";
import { probeCommands } from "./probe-commands.ts";
import { structureCommands } from "./structure-commands.ts";
import { type LoadElk, tidyCommand } from "./tidy-command.ts";
import { viewCommands } from "./view-commands.ts";

/** What can be done with the document and the view; running and files bring commands of their own. */
export const allCommands = (clipboard: Clipboard, loadElk: LoadElk): readonly Command[] => [
  ...editCommands,
  ...clipboardCommands(clipboard),
  ...probeCommands,
  ...structureCommands,
  ...blockCommands,
  ...layoutCommands,
  tidyCommand(loadElk),
  ...moveCommands,
  ...historyCommands,
  ...viewCommands,
];
