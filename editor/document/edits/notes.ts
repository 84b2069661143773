import { freeName } from "../ids.ts";
import type { Key } from "../keys.ts";
import type { Point, Ui } from "../ui.ts";
import { uiOf } from "../ui.ts";
import type { DocumentDraft } from "./draft.ts";
import { settled } from "./draft.ts";
import { uiEntryOf, uiPart } from "./ui-draft.ts";

export type Note = Ui["notes"][string];
export type Frame = Ui["frames"][string];

/** Adds a note (Markdown) to a body; returns its key. */
export function addNote(draft: DocumentDraft, note: Note): Key {
  const id = freeName("note", new Set(Object.keys(uiOf(settled(draft)).notes)));
  uiPart(draft, "notes")[id] = note;
  return `ui/notes/${id}`;
}

/** Adds a coloured frame behind the nodes of a body; returns its key. */
export function addFrame(draft: DocumentDraft, frame: Frame): Key {
  const id = freeName("frame", new Set(Object.keys(uiOf(settled(draft)).frames)));
  uiPart(draft, "frames")[id] = frame;
  return `ui/frames/${id}`;
}

/** Writes into a note or a frame: its text, its title, its colour, its size. */
export function changeEntry(draft: DocumentDraft, key: Key, change: Partial<Note & Frame>): void {
  const entry = uiEntryOf(key);
  const item = entry === null ? undefined : uiPart(draft, entry.part)[entry.id];
  if (item !== undefined) Object.assign(item, change);
}

const frameMargin = 24;

/** The frame that goes around boxes, with room for its title. */
export function frameAround(
  boxes: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[],
): { readonly at: Point; readonly size: Point } {
  const left = Math.min(...boxes.map(({ x }) => x)) - frameMargin;
  const top = Math.min(...boxes.map(({ y }) => y)) - 2 * frameMargin;
  const right = Math.max(...boxes.map(({ x, width }) => x + width)) + frameMargin;
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + frameMargin;
  return { at: [left, top], size: [right - left, bottom - top] };
}
