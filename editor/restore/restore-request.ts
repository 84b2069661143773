import { createStore } from "zustand/vanilla";
import type { ViewStore } from "../state/view-store.ts";

/** A photo that was dropped on the page or pasted, for the dialog to take; it clears the request. */
export const restoreRequest = createStore<{ readonly file: File | null }>(() => ({ file: null }));

/** Opens the dialog with a photo. */
export function askToRestore(view: ViewStore, file: File): void {
  restoreRequest.setState({ file });
  view.setState({ dialog: "restore" });
}
