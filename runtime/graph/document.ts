import type { Ref } from "./refs.ts";

/** Version of the file format that this code reads and writes. */
export const documentVersion = 1;

export const slotKinds = [
  "signal",
  "measurement",
  "operator",
  "prior",
  "schedule",
  "scalar",
  "level",
  "list",
  "spectral",
] as const;
export type SlotKind = (typeof slotKinds)[number];

type Named<T> = Readonly<Record<string, T>>;

/** A graph file: what is written, nothing resolved. Unknown fields are kept in the objects, untyped. */
export interface Document {
  readonly denoodle: 1;
  readonly name: string;
  readonly about?: About;
  /** Default task: a name in graphs/tasks, or a path inside the asset folder. */
  readonly task?: string;
  readonly inputs: Named<Slot>;
  readonly graph: Body;
  readonly outputs: Named<Ref>;
  readonly blocks: Named<Block>;
  /** Layout, probes: never read by the engine. */
  readonly ui?: unknown;
}

export interface About {
  readonly summary?: string;
  readonly paper?: string;
  readonly equations?: string;
  /** Where this graph differs from the paper or the authors' code, and why. */
  readonly departures?: readonly string[];
}

/** What a graph or a block asks of whoever runs it. */
export interface Slot {
  readonly kind: SlotKind;
  readonly default?: NodeDefault | AssetDefault | number;
  readonly optional?: boolean;
  readonly description?: string;
}

/** A node without wires, standing in for an input. */
export interface NodeDefault {
  readonly type: string;
  readonly v: number;
  readonly params?: Named<unknown>;
}

/** A file in the asset folder. */
export interface AssetDefault {
  readonly asset: string;
  readonly sha256?: string;
}

/** Nodes by id; their order means nothing. */
export type Body = Named<Node>;

/** A named group of nodes with an explicit interface; sees nothing but its own inputs. */
export interface Block {
  readonly name?: string;
  readonly about?: About;
  readonly inputs: Named<Slot>;
  readonly graph: Body;
  readonly outputs: Named<Ref>;
  readonly sha256?: string;
}

export type Node = PlainNode | BlockNode | Zone;
export type Zone = Loop | IfZone;
export type Loop = RepeatZone | ForEachZone | WhileZone;

interface Wired {
  /** Structural values, numbers, and expressions (`"=2*sigmaMax"`) for scalar params. */
  readonly params?: Named<unknown>;
  /** The source of each input port. */
  readonly in?: Named<Ref>;
}

export interface PlainNode extends Wired {
  readonly type: string;
  readonly v: number;
}

export interface BlockNode extends Wired {
  readonly type: "block";
  /** Key in `blocks`. */
  readonly use: string;
}

/** A value carried from one iteration to the next; its final value is an output port of the zone. */
export interface State {
  readonly init: Ref;
  /** Read in the body's scope, after each iteration. */
  readonly next: Ref;
  /** Iterations kept: 2 allows `@x.1`, 3 also `@x.2`. */
  readonly depth?: 1 | 2 | 3;
}

interface LoopParts extends Wired {
  readonly v: 1;
  readonly states?: Named<State>;
  /** Values collected each iteration; each is a list output port of the zone. */
  readonly scans?: Named<Ref>;
  readonly body: Body;
}

/** Runs its body `params.count` times (a number or an expression) or as often as the wire `in.count` says. */
export interface RepeatZone extends LoopParts {
  readonly type: "zone/repeat";
  /** Ends the loop after the iteration in which it is not 0. */
  readonly stop?: Ref;
}

/** Runs its body once for each element; all lists have one length. */
export interface ForEachZone extends LoopParts {
  readonly type: "zone/for-each";
  /** Lists of the enclosing scope; inside, `@name` is the current element. */
  readonly each: Named<Ref>;
  readonly stop?: Ref;
}

/** Runs its body while the condition is not 0, at most `params.max` times. */
export interface WhileZone extends LoopParts {
  readonly type: "zone/while";
  /** Read before each iteration: the zone's states, or nodes outside of it. */
  readonly while: Ref;
  readonly params: Named<unknown> & { readonly max: number };
}

/** Runs one of two bodies of the same interface. */
export interface IfZone extends Wired {
  readonly type: "zone/if";
  readonly v: 1;
  readonly in: Named<Ref> & { readonly condition: Ref };
  readonly then: Branch;
  readonly else: Branch;
}

export interface Branch {
  readonly body: Body;
  readonly outputs: Named<Ref>;
}

export const zoneTypes = ["zone/repeat", "zone/for-each", "zone/while", "zone/if"] as const;

/** Node types with a shape of their own, which are not in the registry. */
export const structuralTypes: ReadonlySet<string> = new Set([...zoneTypes, "block"]);

export function isBlockNode(node: Node): node is BlockNode {
  return node.type === "block";
}

export function isZone(node: Node): node is Zone {
  return node.type !== "block" && structuralTypes.has(node.type);
}

export function isIfZone(node: Node): node is IfZone {
  return node.type === "zone/if";
}

export function isLoop(node: Node): node is Loop {
  return isZone(node) && !isIfZone(node);
}

export function isForEach(node: Node): node is ForEachZone {
  return node.type === "zone/for-each";
}

export function isWhile(node: Node): node is WhileZone {
  return node.type === "zone/while";
}

export function isRepeat(node: Node): node is RepeatZone {
  return node.type === "zone/repeat";
}

export function isPlainNode(node: Node): node is PlainNode {
  return !structuralTypes.has(node.type);
}
