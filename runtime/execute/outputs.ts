import type { Compiled } from "../compile/compile.ts";
import { wireResult } from "../compile/plan-regions.ts";
import { downloadValue, read, type Carry, type Engine } from "./engine.ts";
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
    if (carried === undefined) continue;
    outputs[name] =
      carried.on === "device"
        ? await downloadValue(engine, frame, carried.value)
        : (read(frame, carried) as Carry & { readonly on: "host" }).value as Result;
  }
  return outputs;
}
