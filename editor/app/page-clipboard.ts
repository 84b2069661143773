import type { Clipboard } from "../commands/clipboard-commands.ts";

/** What was copied last on this page, for where the browser gives the page no clipboard. */
let own: string | null = null;

/** The clipboard of the page. */
export const pageClipboard: Clipboard = {
  write: async (text) => {
    own = text;
    await orNull(() => navigator.clipboard.writeText(text));
  },
  read: async () => (await orNull(() => navigator.clipboard.readText())) ?? own,
};

/** Browsers ask, or refuse, or have none where the page is not secure. */
async function orNull<T>(use: () => Promise<T>): Promise<T | null> {
  try {
    return await use();
  } catch {
    return null;
  }
}
