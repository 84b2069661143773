import { type KeyboardEvent, useRef } from "react";
import { commandTable } from "../commands/command-table.ts";
import { keysOf } from "../commands/keymap.ts";
import { preferences } from "../commands/page-preferences.ts";
import { move, typedAhead } from "./tree-moves.ts";
import type { Outline } from "./use-outline.ts";
import type { ChooseRow } from "./use-row-choice.ts";

interface Tree {
  readonly outline: Outline;
  readonly choose: ChooseRow;
  readonly focusActive: () => void;
  readonly onFind: () => void;
  readonly onClear: () => void;
}

/** How long letters count as one word, in ms. */
const pause = 700;

/** At the ends they move nothing, and nothing else hears them. */
const treeKeys = new Set([
  "ArrowUp",
  "ArrowDown",
  "ArrowLeft",
  "ArrowRight",
  "Home",
  "End",
  "PageUp",
  "PageDown",
]);

/** The keys of a tree; all others go on to the commands. */
export function useTreeKeys({ outline, choose, focusActive, onFind, onClear }: Tree) {
  const typed = useRef({ text: "", at: 0 });
  const typeAhead = (event: KeyboardEvent): boolean => {
    const { text, at } = typed.current;
    const goesOn = text !== "" && event.timeStamp - at < pause;
    if (event.key.length !== 1 || (!goesOn && isCommandKey(event.key))) return false;
    typed.current = { text: (goesOn ? text : "") + event.key, at: event.timeStamp };
    const found = typedAhead(outline.rows, outline.active, typed.current.text);
    if (found !== null) choose(found);
    return true;
  };
  /** Whether the key was the tree's. */
  const press = (event: KeyboardEvent): boolean => {
    const { rows, active } = outline;
    const to = move(rows, active, event.key);
    if (to?.kind === "go") choose(to.key, { adds: event.shiftKey && /Up|Down/.test(event.key) });
    else if (to?.kind === "toggle") outline.toggle(to.key);
    else if (event.key === " " && active !== null) choose(active, { flies: true });
    else return treeKeys.has(event.key) || typeAhead(event);
    return true;
  };
  return (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") onFind();
    else if (event.key === "Escape" && outline.query !== null) {
      if (outline.active !== null) outline.reveal(outline.active);
      onClear();
      focusActive();
    } else if (press(event)) focusActive();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

const isCommandKey = (key: string): boolean => {
  const { value } = preferences.keys.getState();
  const { commands } = commandTable.getState();
  return commands.some((command) =>
    keysOf(command, value).some(
      (each) => each.replace(/^Shift\+/, "").toLowerCase() === key.toLowerCase(),
    ),
  );
};
