import type { Compiled } from "../compile/compile.ts";
import { planRegions, type Plan } from "../compile/plan-regions.ts";
import type { Loop } from "../compile/region.ts";
import { leavesOf, type Host } from "../trace/host.ts";
import type { RunEvent } from "./events.ts";
import { holds, type LiveFrame } from "./live-frame.ts";

/** Plans runs with probes, and says once of each probe that shows nothing why. */
export interface ProbePlans {
  /** For a run that begins. */
  readonly first: (probes: readonly string[]) => Plan;
  /**
   * For a run that has come to `loop`, which stands in `frame`: what was not made before it, because
   * nothing needed it, cannot be shown any more.
   */
  readonly at: (probes: readonly string[], loop: Loop, frame: LiveFrame) => Plan;
}

export function createProbePlans(compiled: Compiled, emit: (event: RunEvent) => void): ProbePlans {
  const wires = new Set(compiled.regions.flatMap((region) => region.wires.map(({ path }) => path)));
  const told = new Set<string>();
  const tell = (code: string, wire: string, message: string): void => {
    if (told.has(wire)) return;
    told.add(wire);
    emit({ type: "warning", issue: { code, message, at: {} } });
  };
  const planned = (probes: readonly string[]): Plan => {
    for (const wire of probes)
      if (!wires.has(wire))
        tell(
          "probe.unknown",
          wire,
          `${wire} is no tensor of this graph, so its probe shows nothing.`,
        );
    const wanted = new Set(probes);
    return planRegions(compiled, ({ path }) => wanted.has(path));
  };
  return {
    first: planned,
    at(probes, loop, frame) {
      const plan = planned(probes);
      if (isThere(plan, loop, frame)) return plan;
      const shown = probes.filter((wire) => {
        if (isThere(planned([wire]), loop, frame)) return true;
        tell(
          "probe.not-made",
          wire,
          `${wire} reads what was not computed before the zone ${loop.path}, because nothing needed it: its probe shows nothing in this run.`,
        );
        return false;
      });
      return planned(shown);
    },
  };
}

function isThere(plan: Plan, loop: Loop, frame: LiveFrame): boolean {
  const { values, hosts } = plan.readsOf(loop);
  return values.every((value) => holds(frame, value)) && hosts.every((host) => isSet(host, frame));
}

/** Whether a host value is there, or all that it is computed from. */
function isSet(host: Host<unknown>, frame: LiveFrame): boolean {
  const around: LiveFrame[] = [];
  for (let f: LiveFrame | null = frame; f !== null; f = f.parent) around.push(f);
  return [...leavesOf(host)].every((leaf) => around.some(({ values }) => values.has(leaf)));
}
