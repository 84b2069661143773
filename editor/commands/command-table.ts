import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { Command } from "./command.ts";

/** What can be done on this page: what the keys were bound to. */
export const commandTable = createStore<{ readonly commands: readonly Command[] }>(() => ({
  commands: [],
}));

export const useCommands = (): readonly Command[] =>
  useStore(commandTable, ({ commands }) => commands);
