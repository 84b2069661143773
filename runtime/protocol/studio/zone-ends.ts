import type { LoopCheckpoint } from "../../execute/events.ts";
import type { RunRequest } from "../requests.ts";
import { keptEnds, type RunAsked, type ZoneEnd } from "./kept-ends.ts";
import type { StudioRun } from "./requests.ts";

/** A run of which another one may keep zones. */
export interface Keepable {
  readonly asked: StudioRun;
  readonly compile: RunRequest["compile"] | null;
  readonly zones: ZoneEnds<Keepable>;
}

/** How the outermost zones of a run ended: in itself, or in an earlier run from which they are kept. */
export class ZoneEnds<Run extends Keepable> {
  readonly #own: Run;
  #earlier: Run | null;
  #given: Readonly<Record<string, LoopCheckpoint>> = {};
  readonly #ends = new Map<string, ZoneEnd<Run>>();
  readonly #sources = new Map<string, Run>();

  constructor(own: Run, earlier: Run | null) {
    this.#own = own;
    this.#earlier = earlier;
  }

  /** Zones that the engine need not run. */
  get given(): Readonly<Record<string, LoopCheckpoint>> {
    return this.#given;
  }

  /** Finds what an earlier run, if there is one, ended for this one. */
  compare(mine: RunAsked): void {
    const earlier = this.#earlier;
    if (earlier === null || earlier.compile === null) return;
    const { asked, compile, zones } = earlier;
    this.#given = keptEnds({ asked, compile }, zones.#ends, mine);
  }

  /** A zone was not run; false where that is known. */
  keep(zone: string): boolean {
    if (this.#earlier === null || this.#sources.has(zone)) return false;
    this.#sources.set(zone, this.#earlier.zones.sourceOf(zone) as Run);
    return true;
  }

  ended(zone: string, end: LoopCheckpoint): void {
    this.#ends.set(zone, { end, run: this.sourceOf(zone) });
  }

  /** The run that recorded the iterations of a zone. */
  sourceOf(zone: string): Run {
    return this.#sources.get(zone) ?? this.#own;
  }

  /** Whether what another run keeps may be asked for here. */
  needs(other: Run): boolean {
    return this.#earlier === other || [...this.#sources.values()].includes(other);
  }

  /** The run is over: no further zone is kept. */
  settle(): void {
    this.#earlier = null;
  }
}
