import { type FocusEvent, type RefObject, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { canvasScope } from "../commands/bind-keys.ts";
import { useEditor } from "../app/use-studio.ts";
import type { Key } from "../document/keys.ts";
import { type OutlineItem, selectedBy } from "./item.ts";
import { OutlineRowView } from "./outline-row.tsx";
import { useRowChoice } from "./use-row-choice.ts";
import { useTreeKeys } from "./use-tree-keys.ts";
import type { Outline } from "./use-outline.ts";
import { rowHeight, useWindow } from "./use-window.ts";

interface Props {
  readonly treeRef: RefObject<HTMLDivElement | null>;
  readonly outline: Outline;
  readonly onFind: () => void;
  /** Ends the search that the rows are of. */
  readonly onClear: () => void;
}

/** Only the rows in view are mounted, and the one that the keyboard is on. */
export function OutlineTree({ treeRef, outline, onFind, onClear }: Props) {
  const { t } = useTranslation();
  const { rows, active, keys } = outline;
  const selection = useEditor((state) => state.selection);
  const activeIndex = rows.findIndex(({ item }) => item.key === active);
  const { first, last, onScroll, show } = useWindow(treeRef, rows.length);
  const choose = useRowChoice(outline);
  const { ask: focusActive, ...focus } = useActiveFocus(treeRef, active, () => show(activeIndex));
  const onKeyDown = useTreeKeys({ outline, choose, focusActive, onFind, onClear });
  const shown = rows
    .map((row, index) => ({ row, index }))
    .filter(({ index }) => (index >= first && index <= last) || index === activeIndex);
  return (
    <div
      ref={treeRef}
      className="outline-tree"
      role="tree"
      aria-label={t("outline.label")}
      aria-multiselectable
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      {...focus}
      {...canvasScope}
    >
      <div role="none" style={{ height: rows.length * rowHeight, position: "relative" }}>
        {shown.map(({ row, index }) => (
          <OutlineRowView
            key={row.item.key}
            row={row}
            top={index * rowHeight}
            active={index === activeIndex}
            selected={isSelected(row.item, selection)}
            faulty={keys.error.has(row.item.key)}
            changed={keys.changed.has(row.item.key)}
            probed={keys.probed.has(row.item.key)}
            bypassed={keys.bypassed.has(row.item.key)}
            onChoose={choose}
            onToggle={outline.toggle}
          />
        ))}
      </div>
    </div>
  );
}

/** A param, or a port without a wire, selects its node: that row shows it. */
const isSelected = (item: OutlineItem, selection: readonly Key[]): boolean => {
  const selects = selectedBy(item);
  const isOwn = item.kind === "rail" || selects === item.key;
  return isOwn && selects !== null && selection.includes(selects);
};

/** Puts the keyboard on the active row when `ask`ed to, and while the tree has it whenever another row becomes active. */
function useActiveFocus(
  tree: RefObject<HTMLDivElement | null>,
  active: Key | null,
  show: () => void,
) {
  const asked = useRef(false);
  const had = useRef(false);
  useEffect(() => {
    const now = document.activeElement;
    const isBehind = had.current && now instanceof HTMLElement && now.dataset["key"] !== active;
    if (!asked.current && !isBehind) return;
    asked.current = false;
    show();
    tree.current
      ?.querySelector<HTMLElement>('[role="treeitem"][tabindex="0"]')
      ?.focus({ preventScroll: true });
  });
  useEffect(() => {
    show();
    // A row is scrolled to when it becomes the active one, not when rows move.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [active]);
  return {
    ask: () => {
      asked.current = true;
    },
    onFocus: () => {
      had.current = true;
    },
    onBlur: ({ target }: FocusEvent) => {
      if (target.isConnected) had.current = false;
    },
  };
}
