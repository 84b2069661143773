import { setLabel } from "../document/edits/marks.ts";
import { idOf, type Key } from "../document/keys.ts";
import type { EditorStore } from "../state/editor-store.ts";

/** Calls a node so on the canvas, as one entry of the history. */
export function label({ actions }: EditorStore, of: Key, text: string): void {
  const name = idOf(of);
  const label = text.trim();
  const done =
    label === ""
      ? { key: "commands.done.unlabel", values: { name } }
      : { key: "commands.done.label", values: { name, label } };
  actions.edit({ label: done }, (draft) => setLabel(draft, of, label));
}
