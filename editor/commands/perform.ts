import type { Studio } from "../app/studio.ts";
import type { Message } from "../document/history.ts";
import type { Command } from "./command.ts";

/** What a command lacks; null where it can be done now. */
export function whyNot(studio: Studio, { when }: Command): Message | null {
  const answer = when?.(studio) ?? true;
  if (answer === true) return null;
  return answer === false ? { key: "commands.not-now" } : answer;
}

/** Does a command, or says what it lacks. */
export function perform(studio: Studio, command: Command): void {
  const lacks = whyNot(studio, command);
  if (lacks === null) void command.run(studio);
  else studio.announce(lacks);
}
