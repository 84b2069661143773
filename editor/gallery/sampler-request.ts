import { createStore } from "zustand/vanilla";
import type { ViewStore } from "../state/view-store.ts";

/** The prior that the next new sampler is to begin with; the dialog clears it. */
export const samplerRequest = createStore<{ readonly prior: string | null }>(() => ({
  prior: null,
}));

/** Opens the dialog with a prior chosen, and a task that fits it. */
export function askForSampler(view: ViewStore, prior: string): void {
  samplerRequest.setState({ prior });
  view.setState({ dialog: "new-sampler" });
}
