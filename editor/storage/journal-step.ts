import type { Entry } from "../document/history.ts";
import type { EditorState } from "../state/editor-store.ts";
import type { Step } from "./journal-record.ts";

type Kept = Pick<EditorState, "history" | "file">;

/** The step from one state of the editor to the next; null where nothing that is kept has changed. */
export function stepBetween(before: Kept, after: Kept): Step | null {
  if (before.history === after.history) {
    if (before.file === after.file) return null;
    const { name, saved } = after.file;
    return { do: "saved", name, saved: saved === after.history.present ? null : saved };
  }
  const known = before.file === after.file ? historyStep(before, after) : null;
  return known ?? { do: "snapshot", history: after.history, file: after.file };
}

/** The step that one action of the store made; null where the histories have nothing to do with each other. */
function historyStep({ history: before }: Kept, { history: after }: Kept): Step | null {
  const [last, newest] = [before.past.at(-1), after.past.at(-1)];
  if (last !== undefined && after.future[0] === last) return { do: "undo" };
  if (newest === undefined) return null;
  if (before.future[0] === newest) return { do: "redo" };
  if (after.present === before.present && newest.gesture === null) return { do: "end" };
  if (after.future.length > 0) return null;
  const isNext = last === undefined ? after.past.length === 1 : after.past.at(-2) === last;
  if (isNext) return { do: "push", entry: newest };
  return last !== undefined && after.past.length === before.past.length
    ? growth(last, newest)
    : null;
}

/** What an entry has more than it had, if it is of the same gesture. */
function growth(last: Entry, newest: Entry): Step | null {
  if (last.gesture === null || last.gesture !== newest.gesture) return null;
  return {
    do: "grow",
    forward: newest.forward.slice(last.forward.length),
    backward: newest.backward.slice(0, newest.backward.length - last.backward.length),
  };
}
