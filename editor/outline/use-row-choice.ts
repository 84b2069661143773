import { useStudio } from "../app/use-studio.ts";
import type { Key } from "../document/keys.ts";
import { selectedBy } from "./item.ts";
import type { Outline } from "./use-outline.ts";

/** How a row is chosen: alone, added to what is selected, or also brought into the canvas's view. */
export interface Choice {
  readonly adds?: boolean;
  readonly flies?: boolean;
}

export type ChooseRow = (key: Key, how?: Choice) => void;

/** Selects what a row stands for, and tells commands which port is meant. */
export function useRowChoice({ rows, activate }: Outline): ChooseRow {
  const { editor, view } = useStudio();
  return (key, { adds = false, flies = false } = {}) => {
    activate(key);
    const item = rows.find((row) => row.item.key === key)?.item;
    if (item === undefined) return;
    const selects = selectedBy(item);
    view.setState({ port: item.kind === "port" ? item.key : null });
    if (selects === null) return;
    const { selection } = editor.getState();
    const others = selection.filter((other) => other !== selects);
    if (!adds) editor.actions.select([selects]);
    else editor.actions.select(selection.includes(selects) ? others : [...selection, selects]);
    if (flies) view.setState({ flight: { key: selects } });
  };
}
