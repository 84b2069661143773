import type { Registry } from "../../runtime/graph/define-node.ts";
import type { Document } from "../../runtime/graph/document.ts";
import type { Analysis } from "../document/analysis.ts";
import type { Key } from "../document/keys.ts";
import type { Point } from "../document/ui.ts";
import type { ItemData, ItemNode, WireEdge } from "./items.ts";
import { createMemory, type Memory } from "./memory.ts";

/** What a flow is made of. */
export interface Shown {
  readonly document: Document;
  readonly analysis: Analysis;
  readonly registry: Registry;
  readonly found: Readonly<Record<string, Point>>;
  /** The body that is shown. */
  readonly scope: Key;
}

/** What the flow before was made of. */
export interface FlowMemory {
  readonly items: Memory<ItemNode>;
  readonly data: Memory<ItemData>;
  readonly wires: Memory<WireEdge>;
}

export const createFlowMemory = (): FlowMemory => ({
  items: createMemory(),
  data: createMemory(),
  wires: createMemory(),
});
