import type { Command } from "./command.ts";

/** Commands whose ids begin alike: `edit` of `edit.delete`. */
export interface CommandGroup {
  readonly name: string;
  readonly members: readonly Command[];
}

/** In the order of the commands. */
export function groupsOf(commands: readonly Command[]): readonly CommandGroup[] {
  const names = [...new Set(commands.map(({ id }) => groupOf(id)))];
  return names.map((name) => ({
    name,
    members: commands.filter(({ id }) => groupOf(id) === name),
  }));
}

const groupOf = (id: string): string => id.slice(0, id.indexOf("."));
