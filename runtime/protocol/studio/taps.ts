import { readBreakpoints, type Breakpoints, type Hit } from "./breakpoints.ts";
import type { LiveFeed } from "./live-feed.ts";
import type { FrameSummary, StudioEvent } from "./messages.ts";
import type { Breakpoint, StudioOptions } from "./requests.ts";

/** The wires of a run that somebody wants to know of: probed, watched, or with a breakpoint. */
export interface Taps {
  readonly wires: () => string[];
  readonly setProbes: (wires: readonly string[]) => void;
  readonly setBreakpoints: (breakpoints: readonly Breakpoint[]) => void;
  readonly watch: (wires: readonly string[]) => void;
  readonly atFrame: (
    wire: string,
    iteration: readonly number[],
    summary: FrameSummary,
  ) => Hit | null;
  readonly atStep: Breakpoints["atStep"];
}

interface Surroundings {
  readonly live: LiveFeed;
  /** Is told of breakpoints that cannot be read. */
  readonly post: (event: StudioEvent) => void;
}

export function createTaps(options: StudioOptions, { live, post }: Surroundings): Taps {
  let { probes } = options as { readonly probes: readonly string[] };
  const read = (given: readonly Breakpoint[]): Breakpoints => {
    const breakpoints = readBreakpoints(given);
    for (const issue of breakpoints.issues) post({ type: "warning", issue });
    return breakpoints;
  };
  let breakpoints = read(options.breakpoints ?? []);
  return {
    wires() {
      const wires = new Set([...probes, ...breakpoints.wires, ...live.wires()]);
      return [...wires].filter((wire) => !wire.startsWith("="));
    },
    setProbes(wires) {
      probes = wires;
    },
    setBreakpoints(given) {
      breakpoints = read(given);
    },
    watch: live.watch,
    atFrame: (wire, iteration, summary) => breakpoints.atFrame(wire, iteration, summary),
    atStep: (step) => breakpoints.atStep(step),
  };
}
