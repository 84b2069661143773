import type { Value } from "../ir/primitives.ts";
import { leavesOf, type Frame, type Host, type Scope } from "../trace/host.ts";
import { release, retain, type Held } from "./held.ts";

/** One execution of a region: its host values and its device tensors. */
export interface LiveFrame extends Frame {
  readonly parent: LiveFrame | null;
  readonly tensors: Map<Value, Held>;
  /** Iteration of every zone around, outermost first. */
  readonly indices: readonly number[];
}

export function newLiveFrame(scope: Scope, parent: LiveFrame | null, index?: number): LiveFrame {
  const outer = parent?.indices ?? [];
  return {
    scope,
    parent,
    values: new Map<Host<unknown>, unknown>(),
    tensors: new Map(),
    indices: index === undefined ? outer : [...outer, index],
  };
}

/** Puts a tensor under a value's name; the frame holds it from now on. */
export function put(frame: LiveFrame, value: Value, held: Held): void {
  retain(held);
  const before = frame.tensors.get(value);
  frame.tensors.set(value, held);
  if (before !== undefined) release(before);
}

/** The tensor of a value of this frame or one around it. */
export function get(frame: LiveFrame, value: Value): Held {
  const held = find(frame, value);
  if (held !== undefined) return held;
  throw new Error(`internal: value ${value.id} [${value.shape}] is read before it is made`);
}

/** Whether this frame or one around it has the value's tensor. */
export function holds(frame: LiveFrame, value: Value): boolean {
  return find(frame, value) !== undefined;
}

/** Whether a host value is there, or all that it is computed from. */
export function isSet(host: Host<unknown>, frame: LiveFrame): boolean {
  const around: LiveFrame[] = [];
  for (let f: LiveFrame | null = frame; f !== null; f = f.parent) around.push(f);
  return [...leavesOf(host)].every((leaf) => around.some(({ values }) => values.has(leaf)));
}

function find(frame: LiveFrame, value: Value): Held | undefined {
  for (let f: LiveFrame | null = frame; f !== null; f = f.parent) {
    const held = f.tensors.get(value);
    if (held !== undefined) return held;
  }
  return undefined;
}

export function drop(frame: LiveFrame, value: Value): void {
  const held = frame.tensors.get(value);
  if (held === undefined) return;
  frame.tensors.delete(value);
  release(held);
}

export function dropAll(frame: LiveFrame): void {
  for (const held of frame.tensors.values()) release(held);
  frame.tensors.clear();
}
