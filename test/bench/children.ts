import { differentiate, makeLarge } from "./children/differentiate.ts";
import { longRun } from "./children/long-run.ts";
import { nothing } from "./children/nothing.ts";
import { startUp } from "./children/start-up.ts";

type Settings = Readonly<Record<string, unknown>>;

/** What is measured in a process of its own. */
export type ChildName = "nothing" | "startUp" | "longRun" | "differentiate" | "makeLarge";

export const children: Readonly<
  Record<string, (settings: Settings) => Promise<Readonly<Record<string, number>>>>
> = {
  nothing,
  startUp,
  longRun,
  differentiate,
  makeLarge,
} satisfies Record<ChildName, unknown>;
