import type { HostFeed, NetworkModel } from "../graph/values.ts";
import type { Value } from "../ir/primitives.ts";
import type { Shape, TensorData } from "../tensor/tensor.ts";
import { createRecorder, type Recorder } from "../trace/recorder.ts";
import type { Host, Scope } from "../trace/host.ts";

/** A standard normal tensor [batch, …shape], drawn once an iteration of its region. */
export interface Draw {
  readonly kind: "draw";
  readonly stream: string;
  readonly shape: Shape;
  readonly output: Value;
  /** One draw for all samples of one signal: noise of a measurement. */
  readonly perSignal: boolean;
  /** Iterations of the zones that were written out into this region. */
  readonly at?: readonly number[];
}

/** One evaluation of a network in a session of its own. */
export interface Call {
  readonly kind: "call";
  readonly model: NetworkModel;
  readonly feeds: Readonly<Record<string, Value | HostFeed>>;
  readonly outputs: readonly Value[];
  readonly outputNames: readonly string[];
  readonly origin: string;
}

/** A value carried by a loop: on the device (a tensor) or on the host. */
export type Carried =
  | { readonly on: "device"; readonly value: Value }
  | { readonly on: "host"; readonly host: Host<unknown> };

export interface LoopState {
  readonly name: string;
  readonly init: Carried;
  /** Current value, then one and two iterations before. */
  readonly current: readonly Carried[];
  readonly next: Carried;
  readonly final: Carried;
}

export interface LoopScan {
  readonly name: string;
  readonly item: Carried;
  /** Host scans: the collected list. */
  readonly list: Host<readonly unknown[]>;
}

export interface Loop {
  readonly kind: "loop";
  readonly path: string;
  readonly body: Region;
  /** Iterations; for a while zone the most there may be. */
  readonly count: Host<number>;
  readonly counter: Host<number>;
  /** Evaluated before each iteration; 0 ends the loop. The body has a gate for it. */
  readonly condition?: Host<number>;
  /** Evaluated after each iteration; not 0 ends the loop. */
  readonly stop?: Host<number>;
  /** What the lists hold that the loop goes over, in each iteration; the levels it visits before the others. */
  readonly elements: readonly Host<unknown>[];
  /** No loop is around this one: a run can be held, watched and saved between its iterations. */
  readonly outermost: boolean;
  /** 0 while all states are finite, NaN otherwise; outermost loops only. */
  readonly health: Value | undefined;
  readonly states: readonly LoopState[];
  readonly scans: readonly LoopScan[];
}

export interface Branch {
  readonly body: Region;
  readonly results: readonly Carried[];
}

export interface If {
  readonly kind: "if";
  readonly path: string;
  readonly condition: Host<number>;
  readonly then: Branch;
  readonly otherwise: Branch;
  readonly outputs: readonly Carried[];
}

/** A device scalar brought to the host. */
export interface Readback {
  readonly kind: "readback";
  readonly value: Value;
  readonly host: Host<number>;
  readonly origin: string;
}

/** The condition of a while zone: where it is 0 the iteration ends before anything else is done. */
export interface Gate {
  readonly kind: "gate";
  readonly condition: Host<number>;
}

/** Gives a host value its source, once the other is known. */
export interface Let {
  readonly kind: "let";
  readonly host: Host<unknown>;
  readonly value: Host<unknown>;
}

/** What ends a step function: it cannot be part of one. */
export type Barrier = Draw | Call | Loop | If | Readback | Gate | Let;

/** A tensor wire of this region, for probes and for naming what broke. */
export interface RegionWire {
  readonly path: string;
  readonly value: Value;
  /** Iterations of the zones that were written out into this region. */
  readonly at?: readonly number[];
}

/** The answers of one evaluation of a network whose equations are inlined. */
export type Evaluation = readonly Value[];

/** A gradient of `of` with respect to `wrt`, taken in `region` by the node at `path`. */
export interface TakenGradient {
  readonly region: Region;
  readonly of: Value;
  readonly wrt: Value;
  readonly path: string;
  /** Complete zones around `region`, inside of what `wrt` is of, from the inside out. */
  readonly zones: readonly (Loop | If)[];
}

/**
 * Everything that runs once an iteration of one zone: pure equations in the recorder, and barriers.
 * Values not defined here are captured from an enclosing region.
 */
export interface Region {
  readonly scope: Scope;
  readonly parent: Region | null;
  /** Loops around it, its own included. */
  readonly loops: number;
  readonly batch: number;
  readonly recorder: Recorder;
  readonly barriers: Barrier[];
  /** Constants by their data: an operator that is applied twice brings its matrix once. */
  readonly constants: Map<TensorData, Value>;
  /** Tensors that the zone sets before each iteration: its states. */
  readonly locals: Set<Value>;
  /** Rank-0 float32 values that stand for host scalars. */
  readonly hostScalars: Map<Host<number>, Value>;
  /** Other host-fed inputs of inlined networks. */
  readonly hostFeeds: Map<Value, HostFeed>;
  /** Values that no gradient passes. */
  readonly stopped: Set<Value>;
  /** Network evaluations that are inlined here. */
  readonly evaluations: Set<Evaluation>;
  /** Gradients, and the inlined evaluations through which each is taken. */
  readonly networkGradients: Map<Value, readonly Evaluation[]>;
  /** Gradients taken here, or in complete zones inside, with respect to values from around this region. */
  readonly taken: TakenGradient[];
  readonly wires: RegionWire[];
}

/** @param loops 1 for the body of a loop, 0 for a branch and for the graph itself. */
export function newRegion(
  scope: Scope,
  parent: Region | null,
  batch: number,
  loops: 0 | 1 = 0,
): Region {
  return {
    scope,
    parent,
    loops: (parent?.loops ?? 0) + loops,
    batch,
    recorder: createRecorder(),
    barriers: [],
    constants: new Map(),
    locals: new Set(),
    hostScalars: new Map(),
    hostFeeds: new Map(),
    stopped: new Set(),
    evaluations: new Set(),
    networkGradients: new Map(),
    taken: [],
    wires: [],
  };
}

/** The data of a constant value of this region or one around it. */
export function constantOf(region: Region, value: Value): TensorData | undefined {
  for (let r: Region | null = region; r !== null; r = r.parent) {
    const data = r.recorder.constants.get(value);
    if (data !== undefined) return data;
  }
  return undefined;
}
