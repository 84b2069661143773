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
  readonly theme: (name: "light" | "dark") => void;
  /** What the shown Markdown is made of that words alone would not be. */
  readonly markup: () => Markup;
  /** Which row of the list of problems has the keyboard; -1 for none. */
  readonly focusedProblem: () => number;
  /** What axe finds, a line for each rule broken. */
  readonly axe: () => Promise<readonly string[]>;
}

export interface Markup {
  /** Elements that run, load or send something. */
  readonly elements: number;
  /** Elements with an address. */
  readonly addresses: readonly string[];
  /** Attributes that hold a script. */
  readonly handlers: readonly string[];
  readonly text: string;
}
