import { z } from "zod";
import { createStored, type Storage } from "./stored.ts";

const recentCount = 5;

/** What a person chose or last used, kept for the next visit. */
export function createPreferences(storage: Storage | null) {
  const keys = createStored(storage, "denoodle.keys", {
    schema: z.record(z.string(), z.array(z.string()).readonly()).readonly(),
    first: {},
  });
  const recent = createStored<readonly string[]>(storage, "denoodle.recent-commands", {
    schema: z.array(z.string()).readonly(),
    first: [],
  });
  const hints = createStored<readonly string[]>(storage, "denoodle.hints", {
    schema: z.array(z.string()),
    first: [],
  });
  const theme = createStored<"system" | "light" | "dark">(storage, "denoodle.theme", {
    schema: z.enum(["system", "light", "dark"]),
    first: "system",
  });
  return {
    /** Colours: light, dark, or as the system has them. */
    theme,
    /** Hints that were followed, or are not wanted. */
    hints,
    noteHints: (...done: readonly string[]): void =>
      hints.setState(({ value }) => ({ value: [...new Set([...value, ...done])] })),
    /** Keys by command, where they are not those of the command. */
    keys,
    /** Ids of the commands done last, newest first. */
    recent,
    remap: (id: string, wanted: readonly string[]): void =>
      keys.setState(({ value }) => ({ value: { ...value, [id]: wanted } })),
    /** A command's own keys again; those of all, without an id. */
    resetKeys: (id?: string): void =>
      keys.setState(({ value }) => ({
        value:
          id === undefined
            ? {}
            : Object.fromEntries(Object.entries(value).filter(([other]) => other !== id)),
      })),
    noteRecent: (id: string): void =>
      recent.setState(({ value }) => ({
        value: [id, ...value.filter((other) => other !== id)].slice(0, recentCount),
      })),
  };
}
