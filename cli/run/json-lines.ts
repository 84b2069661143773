import type { RunningEvent } from "../engine/engine-process.ts";
import { plain } from "./record.ts";

/** An event as one line of JSON; of a large tensor its type only, of a checkpoint that there is one. */
export function eventLine(event: RunningEvent): string {
  return JSON.stringify(lineOf(event));
}

function lineOf(event: RunningEvent): unknown {
  switch (event.type) {
    case "started":
      return { ...event, shapes: undefined };
    case "step":
    case "warning":
    case "held":
    case "kept":
      return event;
    case "ended":
      return { type: "ended", zone: event.zone };
    case "probe":
    case "preview":
      return { ...event, tensor: plain(event.tensor) };
    case "scan":
      return { ...event, value: plain(event.value) };
    case "checkpoint":
      return { type: "checkpoint", nfe: event.checkpoint.nfe };
    case "done":
      return {
        ...event,
        outputs: Object.fromEntries(
          Object.entries(event.outputs).map(([name, value]) => [name, plain(value)]),
        ),
      };
  }
}
