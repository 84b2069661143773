import { useState, type KeyboardEvent } from "react";
import { completions, wordAt, type ScopeName } from "./expression-names.ts";

interface Completing {
  readonly offered: readonly ScopeName[];
  readonly active: number;
  /** Offers what goes on from the word at the caret. */
  look(caret: number): void;
  close(): void;
  /** True where the list has used the key. */
  press(event: KeyboardEvent, take: (name: ScopeName) => void): boolean;
}

/** What is offered at the caret, and which of it the arrow keys are on. */
export function useCompletions(text: string, names: readonly ScopeName[]): Completing {
  const [caret, setCaret] = useState<number | null>(null);
  const [at, setAt] = useState(0);
  const offered = caret === null ? [] : completions(wordAt(text, caret).word, names);
  const active = Math.min(at, Math.max(0, offered.length - 1));
  const chosen = offered[active];
  const close = (): void => setCaret(null);
  const move = (by: number): void => setAt((active + by + offered.length) % offered.length);
  return {
    offered,
    active,
    close,
    look: (place) => {
      setCaret(place);
      setAt(0);
    },
    press: ({ key }, take) => {
      if (chosen === undefined) return false;
      if (key === "ArrowDown") move(1);
      else if (key === "ArrowUp") move(-1);
      else if (key === "Escape") close();
      else if (key === "Enter" || key === "Tab") take(chosen);
      else return false;
      return true;
    },
  };
}
