import { allCommands } from "./all-commands.ts";
import type { Clipboard } from "./clipboard-commands.ts";
import type { Command } from "./command.ts";

/** That of the system; browsers may refuse to read it. */
const pageClipboard: Clipboard = {
  write: (text) => navigator.clipboard.writeText(text),
  read: async () => {
    try {
      return await navigator.clipboard.readText();
    } catch (error) {
      if (error instanceof DOMException) return null;
      throw error;
    }
  },
};

/** What can be done with the document and the view; running and files bring commands of their own. */
export const editorCommands: readonly Command[] = allCommands(pageClipboard);
