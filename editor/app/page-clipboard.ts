import type { Clipboard } from "../commands/clipboard-commands.ts";

/** The clipboard of the page. */
export const pageClipboard: Clipboard = {
  write: (text) => navigator.clipboard.writeText(text),
  // Browsers ask, or refuse: then there is nothing to paste.
  read: () => navigator.clipboard.readText().catch(() => null),
};
