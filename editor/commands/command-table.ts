import { createStore } from "zustand/vanilla";
import type { Command } from "./command.ts";

/** The commands whose keys are bound on this page. */
export const commandTable = createStore<{ readonly commands: readonly Command[] }>(() => ({
  commands: [],
}));
