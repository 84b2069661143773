import type { PortType } from "../../../runtime/graph/ports.ts";
import type { Ref } from "../../../runtime/graph/refs.ts";
import type { Key } from "../keys.ts";

/** A place where a wire ends, or one where it begins. */
export interface PortView {
  /** Of an input the place of its reference in the file; of a source what `sourceKeyOf` gives. */
  readonly key: Key;
  readonly name: string;
  readonly label: string;
  /** Null where it cannot be told. */
  readonly type: PortType | null;
  readonly optional: boolean;
  /** A required input without a wire. */
  readonly missing: boolean;
  /** Of an input what it reads now; of a source how the body beside it reads it. */
  readonly ref: Ref | null;
  /** A scalar param, which may be wired as well. */
  readonly param: boolean;
  /** From the top, under the header; null where it is not drawn. */
  readonly row: number | null;
}

/** What runs along a zone's borders: a row that both borders share. */
export interface RailView {
  readonly kind: "each" | "state" | "scan" | "stop" | "while" | "counter" | "output";
  readonly name: string;
  readonly type: PortType | null;
  /** Left border, from outside: the init of a state, the list of an element. */
  readonly init: PortView | null;
  /** Left border, into the body: the current value, then those one and two iterations before. */
  readonly current: readonly PortView[];
  /** Right border, from the body; an `if` has one of each branch. */
  readonly next: readonly PortView[];
  /** Right border, to the outside. */
  readonly final: PortView | null;
  readonly row: number | null;
}

export interface ParamView {
  readonly name: string;
  /** As the file has it, else the default; undefined where there is none. */
  readonly value: unknown;
  /** The file has it. */
  readonly given: boolean;
  readonly isExpression: boolean;
  /** Shapes the program: takes neither wire nor expression. */
  readonly structural: boolean;
  readonly wired: boolean;
  /** Has a row on the node. */
  readonly pinned: boolean;
  readonly row: number | null;
}

/** All that canvas, outline and inspector show of a node, zone, block, slot or output. */
export interface NodeView {
  readonly key: Key;
  readonly id: string;
  readonly kind: "node" | "zone" | "block" | "slot" | "output" | "ghost";
  readonly type: string;
  readonly title: string;
  /** What it is called where it is drawn, instead of its title. */
  readonly label: string | null;
  /** Of an input, what stands in it where nothing else is given: a number, a node's title, a file's name. */
  readonly stands: string | null;
  readonly family: string;
  readonly summary: string;
  readonly symbol: string;
  readonly inputs: readonly PortView[];
  readonly outputs: readonly PortView[];
  /** Of zones. */
  readonly rails: readonly RailView[];
  readonly params: readonly ParamView[];
  readonly rows: number;
  /** Of a zone: closed. An open one is as large as `zoneBox` says. */
  readonly width: number;
  readonly height: number;
}
