import type { PortType } from "../../runtime/graph/ports.ts";
import type { Key } from "../document/keys.ts";
import type { ParamView } from "../document/view/view.ts";

interface ItemParts {
  /** The place in the document, and the identity in the tree. */
  readonly key: Key;
  readonly name: string;
  readonly level: number;
  readonly children: (() => readonly OutlineItem[]) | null;
}

/** What the outline shows in a row; children are found when a row opens. */
export type OutlineItem = SectionItem | ThingItem | BranchItem | RailItem | PortItem | ParamItem;

/** A heading: slots, nodes, outputs, blocks, notes. */
export interface SectionItem extends ItemParts {
  readonly kind: "section";
  readonly name: "inputs" | "graph" | "outputs" | "blocks" | "notes";
}

/** What can be selected as a whole. */
export interface ThingItem extends ItemParts {
  readonly kind: "node" | "zone" | "use" | "ghost" | "slot" | "output" | "block" | "note" | "frame";
  readonly title: string;
  readonly symbol: string;
  /** What a search reads: names, types and params. */
  readonly words: string;
  readonly types: readonly string[];
  /** Of a slot or an output. */
  readonly type: PortType | null;
  /** What it reads, where it is an output. */
  readonly reads: string | null;
}

/** One of the two bodies of an `if`. */
export interface BranchItem extends ItemParts {
  readonly kind: "branch";
  readonly name: "then" | "else";
}

/** A value that runs along a zone's borders. */
export interface RailItem extends ItemParts {
  readonly kind: "rail";
  readonly rail: "each" | "state" | "scan" | "stop" | "while" | "counter" | "output";
  /** As renaming and removing name it; null of what a loop has by itself. */
  readonly place: Key | null;
  readonly type: PortType | null;
}

/** A place where a wire ends, or one where it begins. */
export interface PortItem extends ItemParts {
  readonly kind: "port";
  readonly side: "input" | "source";
  /** What part of a rail it is: `init`, `next`, …; null for a port of a node. */
  readonly part: "init" | "next" | "current" | "final" | null;
  /** The node, zone or slot that it belongs to. */
  readonly owner: Key;
  readonly type: PortType | null;
  readonly reads: string | null;
  readonly missing: boolean;
}

export interface ParamItem extends ItemParts {
  readonly kind: "param";
  readonly owner: Key;
  readonly param: ParamView;
}

/** What choosing the item selects: a wire is what ends at its place, a port without one stands for its node. */
export function selectedBy(item: OutlineItem): Key | null {
  switch (item.kind) {
    case "section":
    case "branch":
      return null;
    case "rail":
      return item.place;
    case "port":
      return item.side === "input" && item.reads !== null ? item.key : item.owner;
    case "param":
      return item.owner;
    default:
      return item.key;
  }
}
