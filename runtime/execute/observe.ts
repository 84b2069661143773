import { downloadValue, type Engine } from "./engine.ts";
import type { RunEvent } from "./events.ts";

/** Sends the tapped wires of a region after each of its executions. */
export function observer(emit: (event: RunEvent) => void): Engine["observe"] {
  return async (engine, region, frame) => {
    for (const { path, value } of engine.plan.tapsOf(region))
      emit({
        type: "probe", wire: path, iteration: frame.indices,
        tensor: await downloadValue(engine, frame, value),
      });
  };
}
