import type { Edge, Node } from "@xyflow/react";
import type { NodeView } from "../document/view/view.ts";
import type { Point } from "../document/ui.ts";

export interface ItemData extends Record<string, unknown> {
  readonly view: NodeView;
  readonly faulty: boolean;
  readonly bypassed: boolean;
  /** Outputs that are watched, as probes name them; the first is shown under the card. */
  readonly probes: readonly string[];
  /** Inputs whose wire comes from what is not drawn here: they say what they read. */
  readonly unseen: readonly string[];
}

export type CardNode = Node<ItemData, "card">;

export interface LaneData {
  readonly branch: "then" | "else" | null;
  readonly top: number;
  readonly height: number;
  readonly empty: boolean;
}

export interface ZoneData extends ItemData {
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly LaneData[];
}

export type ZoneNode = Node<ZoneData, "zone">;

export type NoteNode = Node<{ readonly text: string }, "note">;
export type FrameNode = Node<{ readonly title: string }, "frame">;

export type ItemNode = CardNode | ZoneNode | NoteNode | FrameNode;

export interface WireData extends Record<string, unknown> {
  /** A variable of theme.css. */
  readonly colour: string;
  /** A field of the source's value that is read: `sigma` of a level. */
  readonly field: string | null;
  readonly faulty: boolean;
  readonly probed: boolean;
  /** From a slot: drawn faintly until one of its ends is chosen, for such wires are many and say little. */
  readonly quiet: boolean;
  /** One of its ends is chosen. */
  readonly lit: boolean;
  /** Where it bends, in the canvas' coordinates. */
  readonly bends: readonly Point[];
  /** What it is called where it is drawn as two named ends; null where it is a line. */
  readonly portal: string | null;
}

export type WireEdge = Edge<WireData, "wire">;
