import { applyPatches } from "immer";
import type { Document } from "../../runtime/graph/document.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { unreachable } from "../../runtime/base/unreachable.ts";
import type { Entry, History } from "../document/history.ts";
import { deepestHistory, endGesture, redo, undo } from "../document/history.ts";
import type { OpenFile } from "../state/editor-store.ts";
import type { JournalRecord, Step } from "./journal-record.ts";
import { readRecord } from "./journal-record.ts";

/** What a journal still tells. */
export interface Recovered {
  readonly history: History;
  readonly file: OpenFile;
  /** Records that could not be followed. */
  readonly lost: number;
}

interface Kept {
  readonly history: History;
  readonly file: OpenFile;
}

/**
 * The history that a journal's records tell, in whatever order and state they are. What follows a gap or a faulty record is
 * left out up to the next snapshot; null where there is no snapshot to begin from. Never throws.
 */
export function replay(records: readonly unknown[]): Recovered | null {
  // An array of a stranger's may name another constructor for what `map` makes.
  const sound = Array.from(records, readRecord)
    .filter((record) => record !== null)
    .toSorted((a, b) => a.seq - b.seq);
  const { kept, followed } = follow(sound);
  if (kept === null) return null;
  const checked = checkedHistory(kept.history);
  return checked && { history: checked, file: kept.file, lost: records.length - followed };
}

function follow(records: readonly JournalRecord[]) {
  let kept: Kept | null = null;
  let followed = 0;
  let next: number | null = null;
  for (const { seq, step } of records) {
    const state: Kept | null = step.do === "snapshot" || seq === next ? attempt(kept, step) : null;
    next = state === null ? null : seq + 1;
    if (state === null) continue;
    kept = state;
    followed += 1;
  }
  return { kept, followed };
}

/** The state after a step; null where the step does not fit. */
function attempt(kept: Kept | null, step: Step): Kept | null {
  try {
    return after(kept, step);
  } catch {
    // immer refuses patches whose path leads nowhere, or to a prototype
    return null;
  }
}

function after(kept: Kept | null, step: Step): Kept | null {
  if (step.do === "snapshot") return { history: step.history, file: step.file };
  if (kept === null) return null;
  const { history, file } = kept;
  switch (step.do) {
    case "push":
      return { history: pushed(history, step.entry), file };
    case "grow":
      return grown(kept, step);
    case "end":
      return { history: endGesture(history), file };
    case "undo":
      return history.past.length === 0 ? null : { history: undo(history), file };
    case "redo":
      return history.future.length === 0 ? null : { history: redo(history), file };
    case "saved":
      return { history, file: { name: step.name, saved: step.saved ?? history.present } };
    default:
      return unreachable(step);
  }
}

const pushed = (history: History, entry: Entry): History => ({
  present: applyPatches(history.present, entry.forward),
  past: [...history.past, entry].slice(-deepestHistory),
  future: [],
});

function grown({ history, file }: Kept, step: Extract<Step, { do: "grow" }>): Kept | null {
  const last = history.past.at(-1);
  if (last === undefined) return null;
  const entry = {
    ...last,
    forward: [...last.forward, ...step.forward],
    backward: [...step.backward, ...last.backward],
  };
  const present = applyPatches(history.present, step.forward);
  return { history: { present, past: [...history.past.slice(0, -1), entry], future: [] }, file };
}

/** A history whose present is a document and whose entries can all be undone and redone; null where the present is none. */
function checkedHistory(history: History): History | null {
  if (readDocument(history.present).document === null) return null;
  const past = reachable(history.present, history.past.toReversed(), "backward").toReversed();
  return { ...history, past, future: reachable(history.present, history.future, "forward") };
}

/** As many entries, from the present on, as lead to documents. */
function reachable(
  present: Document,
  entries: readonly Entry[],
  way: "forward" | "backward",
): readonly Entry[] {
  let document = present;
  const sound: Entry[] = [];
  for (const entry of entries) {
    try {
      document = applyPatches(document, entry[way]);
    } catch {
      break;
    }
    sound.push(entry);
  }
  return readDocument(document).document === null ? [] : sound;
}
