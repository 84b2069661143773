import type { Carried } from "../compile/region.ts";
import { evaluate } from "../trace/host.ts";
import type { Held } from "./held.ts";
import { get, put, type LiveFrame } from "./live-frame.ts";

/** A carried value at run time: a held tensor, or a host value. */
export type Carry =
  | { readonly on: "device"; readonly held: Held }
  | { readonly on: "host"; readonly value: unknown };

export function read(frame: LiveFrame, carried: Carried): Carry {
  return carried.on === "device"
    ? { on: "device", held: get(frame, carried.value) }
    : { on: "host", value: evaluate(carried.host, frame) };
}

export function assign(frame: LiveFrame, carried: Carried, carry: Carry): void {
  if (carried.on === "device" && carry.on === "device") put(frame, carried.value, carry.held);
  else if (carried.on === "host" && carry.on === "host")
    frame.values.set(carried.host, carry.value);
  else throw new Error("internal: a carried value changed sides");
}
