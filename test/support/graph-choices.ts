import type { AnyNode } from "../../runtime/graph/define-node.ts";

/** Takes the next decision: a whole number below `count`; 0 when nothing is left to choose from. */
export type Choose = (count: number) => number;

export interface GraphOptions {
  /** Params for node types that have none by default. */
  readonly params?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Which nodes may occur; all by default. */
  readonly allow?: (definition: AnyNode) => boolean;
}
