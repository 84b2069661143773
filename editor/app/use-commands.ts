import { createContext, useContext } from "react";
import type { Command } from "../commands/command.ts";

/** All commands of the page. */
export const CommandsContext = createContext<readonly Command[]>([]);

export const useCommands = (): readonly Command[] => useContext(CommandsContext);
