import type { Entry, History, Message } from "../document/history.ts";

/** What happened between two states of the history, to be said; null for nothing, and while a gesture goes on. */
export interface Happening {
  readonly how: "done" | "undone" | "redone";
  readonly labels: readonly Message[];
}

export function happened(before: History, after: History): Happening | null {
  const last = after.past.at(-1);
  if (before.present === after.present) return null;
  const undone = after.future.slice(0, Math.max(0, after.future.length - before.future.length));
  if (undone.length > 0 && undone.every((entry) => before.past.includes(entry)))
    return { how: "undone", labels: undone.map(labelOf).toReversed() };
  const redone = before.future.filter((entry) => after.past.includes(entry));
  if (redone.length > 0) return { how: "redone", labels: redone.map(labelOf) };
  if (last === undefined || goesOn(before.past.at(-1), last)) return null;
  return { how: "done", labels: [last.label] };
}

const labelOf = ({ label }: Entry): Message => label;

/** An entry that grew: it was said when it began. */
const goesOn = (before: Entry | undefined, after: Entry): boolean =>
  after.gesture !== null && before?.gesture === after.gesture && before.label === after.label;
