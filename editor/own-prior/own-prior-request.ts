import { createStore } from "zustand/vanilla";
import type { ViewStore } from "../state/view-store.ts";

/** A model, and maybe its card, that was given outside of the dialog, for the dialog to take; it clears the request. */
export const ownPriorRequest = createStore<{ readonly files: readonly File[] }>(() => ({
  files: [],
}));

/** Opens the dialog with a model. */
export function askForPrior(view: ViewStore, files: readonly File[]): void {
  view.setState({ dialog: "own-prior" });
  ownPriorRequest.setState({ files });
}
