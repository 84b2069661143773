import type { Command } from "../command.ts";
import { editCommand } from "./edit.ts";
import { infoCommand } from "./info.ts";
import { nodesCommand } from "./nodes.ts";
import { operatorCommand } from "./operator.ts";
import { priorCommand } from "./prior.ts";
import { runCommand } from "./run.ts";
import { validateCommand } from "./validate.ts";

/** Every command, by its name. */
export const commands: Readonly<Record<string, Command>> = {
  edit: editCommand,
  run: runCommand,
  validate: validateCommand,
  nodes: nodesCommand,
  prior: priorCommand,
  operator: operatorCommand,
  info: infoCommand,
};
