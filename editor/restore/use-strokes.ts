import { useReducer } from "react";
import type { Stroke } from "./mask.ts";

type Strokes = readonly Stroke[];

/** The strokes of a mask, and what they were and will be again. */
export interface StrokeHistory {
  /** The last one comes last. */
  readonly past: readonly Strokes[];
  readonly present: Strokes;
  /** The next one comes first. */
  readonly future: readonly Strokes[];
}

export type StrokeAction =
  | { readonly do: "add"; readonly stroke: Stroke }
  | { readonly do: "undo" | "redo" | "clear" };

export const noStrokes: StrokeHistory = { past: [], present: [], future: [] };

/** The strokes of a mask, and how to change them; each change can be taken back, clearing too. */
export const useStrokes = () => useReducer(changed, noStrokes);

export function changed(history: StrokeHistory, action: StrokeAction): StrokeHistory {
  const { past, present, future } = history;
  const [before, after] = [past.at(-1), future[0]];
  switch (action.do) {
    case "add":
      return { past: [...past, present], present: [...present, action.stroke], future: [] };
    case "clear":
      return { past: [...past, present], present: [], future: [] };
    case "undo":
      if (before === undefined) return history;
      return { past: past.slice(0, -1), present: before, future: [present, ...future] };
    case "redo":
      if (after === undefined) return history;
      return { past: [...past, present], present: after, future: future.slice(1) };
  }
}
