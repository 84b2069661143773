import type { RunState } from "../../editor/run/run-store.ts";

export type PanelName = "inspector" | "docs" | "problems";

/** What the page of panels offers as `globalThis.panels`; only plain data crosses. */
export interface PanelsPage {
  readonly types: () => readonly string[];
  /** Opens a document, given as JSON. */
  readonly open: (text: string) => void;
  readonly select: (keys: readonly string[]) => void;
  readonly show: (name: PanelName) => void;
  /** Shows Markdown by itself. */
  readonly write: (text: string) => void;
  readonly run: (state: Partial<RunState>) => void;
  readonly document: () => string;
  /** The keys of the labels of the history's entries. */
  readonly past: () => readonly string[];
  readonly selection: () => readonly string[];
  readonly scope: () => string;
  readonly flight: () => string | null;
  readonly undo: () => void;
}
