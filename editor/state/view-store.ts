import { createStore, type StoreApi } from "zustand/vanilla";
import type { Message } from "../document/history.ts";
import type { Key } from "../document/keys.ts";
import type { Point } from "../document/ui.ts";

export type LeftPanel = "library" | "outline";
export type RightPanel = "inspector" | "docs";
export type BottomPanel = "timeline" | "probes" | "breakpoints" | "problems";

/** A dialog that is open, by name; each is drawn by the folder that owns it. */
export type Dialog =
  | "commands"
  | "shortcuts"
  | "gallery"
  | "share"
  | "recovery"
  | "file"
  | "new-sampler"
  | "own-prior"
  | "history"
  | "connect"
  | "rename"
  | "label"
  | "replace"
  | "go-to"
  | "restore"
  | "before-after"
  | "own-files";

/** A place asked to be shown: the canvas flies to it and clears the request. */
export interface Flight {
  readonly key: Key;
}

/** What the canvas is asked to do with its view (`follow`: to move only where the selection is out of sight); it clears the request. */
export type Camera = "in" | "out" | "fit" | "actual" | "selection" | "follow" | Part;

/** A part of the canvas, in its own coordinates. */
export interface Part {
  readonly at: Point;
  readonly size: Point;
}

/** A region that is asked to take the keyboard; it clears the request. */
export type Region = "canvas" | "outline" | "find" | "inspector" | "add";

/** What the page shows; never saved with the document. */
export interface ViewState {
  readonly left: LeftPanel | null;
  readonly right: RightPanel | null;
  readonly bottom: BottomPanel | null;
  /** What the graph makes, beside the canvas. */
  readonly picture: "shown" | null;
  readonly dialog: Dialog | null;
  readonly theme: "system" | "light" | "dark";
  readonly flight: Flight | null;
  readonly camera: Camera | null;
  /** What is to be added in the middle of the canvas, as the palette names it; the canvas clears the request. */
  readonly adding: { readonly entry: string } | null;
  readonly focus: Region | null;
  /** The port that the outline's keyboard is on, by `PortView.key`: what connecting begins with. */
  readonly port: Key | null;
  /** The problem that was gone to last, by its id in the list. */
  readonly problem: string | null;
  /** Whether the inspector shows what goes through the selected node. */
  readonly values: boolean;
  /** The last thing said; a new object each time, so that the same words are said again. */
  readonly said: { readonly message: Message } | null;
}

export type ViewStore = StoreApi<ViewState>;

/** Below this width in px the inspector waits until something is selected. */
const roomyWidth = 1600;

/** `width` is that of the window. */
export const createViewStore = (width: number = Infinity): ViewStore =>
  createStore<ViewState>(() => ({
    left: null,
    right: width < roomyWidth ? null : "inspector",
    bottom: "timeline",
    picture: "shown",
    dialog: null,
    theme: "system",
    flight: null,
    camera: null,
    adding: null,
    focus: null,
    port: null,
    problem: null,
    values: false,
    said: null,
  }));
