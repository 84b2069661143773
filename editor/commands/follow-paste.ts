import type { Studio } from "../app/studio.ts";
import { takesPaste } from "./bind-keys.ts";
import { pasteText } from "./clipboard-commands.ts";

/** Listens for nodes that are pasted on the canvas: the browser's event brings them, and nobody has to be asked. Returns how to stop. */
export function followPaste(studio: Studio): () => void {
  const take = (event: ClipboardEvent): void => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const target = event.target instanceof Element ? event.target : document.body;
    if (event.defaultPrevented || text === "" || !takesPaste(target)) return;
    event.preventDefault();
    pasteText(studio, text, { withWires: false });
  };
  addEventListener("paste", take);
  return () => removeEventListener("paste", take);
}
