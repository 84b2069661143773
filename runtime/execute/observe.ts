import { downloadValue, type Engine } from "./engine.ts";
import type { RunEvent } from "./events.ts";

/** Sends the tapped wires of a region after each of its executions. */
export function observer(emit: (event: RunEvent) => void): Engine["observe"] {
  return async (engine, taps, frame) => {
    for (const { path, value, at = [] } of taps)
      emit({
        type: "probe",
        wire: path,
        iteration: [...frame.indices, ...at],
        tensor: await downloadValue(engine, frame, value),
      });
  };
}
