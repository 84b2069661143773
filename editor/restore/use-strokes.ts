import { useReducer } from "react";
import type { Stroke } from "./mask.ts";

interface State {
  readonly done: readonly Stroke[];
  /** The last one that was taken back comes first. */
  readonly undone: readonly Stroke[];
}

export type StrokeAction =
  | { readonly do: "add"; readonly stroke: Stroke }
  | { readonly do: "undo" | "redo" | "clear" };

/** The strokes of a mask, and how to change them; each can be taken back. */
export const useStrokes = () => useReducer(changed, { done: [], undone: [] });

export function changed({ done, undone }: State, action: StrokeAction): State {
  switch (action.do) {
    case "add":
      return { done: [...done, action.stroke], undone: [] };
    case "undo":
      return { done: done.slice(0, -1), undone: [...done.slice(-1), ...undone] };
    case "redo":
      return { done: [...done, ...undone.slice(0, 1)], undone: undone.slice(1) };
    case "clear":
      return { done: [], undone: done.toReversed() };
  }
}
