import { endsJob } from "../../runtime/protocol/events.ts";
import type { StudioMessage } from "../../runtime/protocol/studio/messages.ts";
import type { StudioRequest } from "../../runtime/protocol/studio/requests.ts";

/** The runs, and checks of priors, that a server was asked for and has not ended. */
export interface OngoingRuns {
  /** A request was sent under a number of delivery. */
  readonly ask: (request: StudioRequest, n: number) => void;
  /** The server has all up to `n`. */
  readonly acknowledge: (n: number) => void;
  readonly hear: (message: StudioMessage) => void;
  /** Those that the server had; they are forgotten. The others are yet to be delivered. */
  readonly takeDelivered: () => readonly number[];
}

export function createOngoingRuns(): OngoingRuns {
  const sentAs = new Map<number, number>();
  let acknowledged = 0;
  return {
    ask(request, n) {
      if (request.type === "run" || request.type === "check") sentAs.set(request.run, n);
    },
    acknowledge(n) {
      acknowledged = Math.max(acknowledged, n);
    },
    hear({ run, event }) {
      if (run !== null && endsJob(event)) sentAs.delete(run);
    },
    takeDelivered() {
      const runs = [...sentAs].flatMap(([run, n]) => (n <= acknowledged ? [run] : []));
      for (const run of runs) sentAs.delete(run);
      return runs;
    },
  };
}
