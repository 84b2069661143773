import type { Command } from "../command.ts";
import { runCommand } from "./run.ts";

/** Every command, by its name. */
export const commands: Readonly<Record<string, Command>> = {
  run: runCommand,
};
