import type { Compiled } from "../compile/compile.ts";
import { wireResult } from "../compile/plan-regions.ts";
import { read, type Carry } from "./carry.ts";
import type { Engine } from "./engine.ts";
import type { Result } from "./events.ts";
import type { LiveFrame } from "./live-frame.ts";

/** The graph's outputs on the host. */
export async function collectOutputs(
  engine: Engine,
  compiled: Compiled,
  frame: LiveFrame,
): Promise<Readonly<Record<string, Result>>> {
  const outputs: Record<string, Result> = {};
  for (const { name, wire } of compiled.outputs) {
    const [carried] = wireResult(wire);
    if (carried !== undefined) outputs[name] = await resultOf(engine, read(frame, carried));
  }
  return outputs;
}

/** A carried value as it leaves the engine. */
export async function resultOf(engine: Engine, carry: Carry): Promise<Result> {
  return carry.on === "device"
    ? engine.backend.download(carry.held.tensor)
    : (carry.value as Result);
}
