import type { Compiled } from "../compile/compile.ts";
import { planRegions, type Plan } from "../compile/plan-regions.ts";
import type { Loop, Region } from "../compile/region.ts";
import type { RunEvent } from "./events.ts";
import { holds, isSet, type LiveFrame } from "./live-frame.ts";

/** Plans one run with the probes that it has now, and says once of each that shows nothing why. */
export interface ProbePlans {
  /** For the run to begin with. */
  readonly first: () => Plan;
  /**
   * For a run that has come to an iteration of `loop`, which stands in `frame`; null where the plan stays. What
   * was not made before the loop, because nothing needed it, cannot be shown any more.
   */
  readonly next: (loop: Loop, frame: LiveFrame) => Plan | null;
}

export function createProbePlans(
  compiled: Compiled,
  probesNow: () => readonly string[],
  emit: (event: RunEvent) => void,
): ProbePlans {
  const atStart = probesNow();
  const tell = createTeller(compiled, emit);
  let probes = atStart;
  let current: Loop | null = null;
  const planned = (wires: readonly string[]): Plan => {
    const wanted = new Set(wires);
    return planRegions(compiled, ({ path }) => wanted.has(path));
  };
  return {
    first() {
      atStart.forEach(tell.unknown);
      return planned(atStart);
    },
    next(loop, frame) {
      const stays = probesNow() === probes && (loop === current || probes === atStart);
      current = loop;
      if (stays) return null;
      probes = probesNow();
      probes.forEach(tell.unknown);
      const plan = planned(probes);
      if (isThere(plan, loop, frame)) return plan;
      const shown = probes.filter((wire) => isThere(planned([wire]), loop, frame));
      for (const wire of probes) if (!shown.includes(wire)) tell.notMade(wire, loop);
      return planned(shown);
    },
  };
}

/** Tensors that can be tapped, and what zones collect, which is told anyway. */
const wiresOf = ({ wires, barriers }: Region): readonly string[] => [
  ...wires.map(({ path }) => path),
  ...barriers.flatMap((barrier) =>
    barrier.kind === "loop" ? barrier.scans.map(({ name }) => `${barrier.path}.${name}`) : [],
  ),
];

function createTeller(compiled: Compiled, emit: (event: RunEvent) => void) {
  const known = new Set(compiled.regions.flatMap(wiresOf));
  const told = new Set<string>();
  const tell = (wire: string, code: string, message: string): void => {
    if (told.has(wire)) return;
    told.add(wire);
    emit({ type: "warning", issue: { code, message, at: {} } });
  };
  return {
    /** A probe shows tensors and device scalars; one of anything else shows nothing. */
    unknown(wire: string) {
      const message = `${wire} is no tensor of this graph, so its probe shows nothing.`;
      if (!known.has(wire)) tell(wire, "probe.unknown", message);
    },
    notMade(wire: string, { path }: Loop) {
      const message = `${wire} reads what was not computed before the zone ${path}, because nothing needed it: its probe shows nothing in this run.`;
      tell(wire, "probe.not-made", message);
    },
  };
}

function isThere(plan: Plan, loop: Loop, frame: LiveFrame): boolean {
  const { values, hosts } = plan.readsOf(loop);
  return values.every((value) => holds(frame, value)) && hosts.every((host) => isSet(host, frame));
}
