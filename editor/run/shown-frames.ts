import { own } from "../../runtime/graph/own.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { createFrameFetcher, type FrameFetcher, type Surroundings } from "./frame-fetcher.ts";
import { namesOf } from "./output-frames.ts";
import { zoneOf } from "./place.ts";
import type { RunActions, WireName } from "./run-store.ts";

type Show = (frame: TensorData) => void;

/** Fetches frames when somebody looks at them, and keeps all who look at the same iteration. */
export interface ShownFrames extends FrameFetcher, Pick<RunActions, "watch"> {
  /** Shows to all what the state asks for now. */
  readonly refresh: () => void;
  /** Tells the studio what is watched, where a run begins. */
  readonly follow: () => void;
}

export function createShownFrames({ state, send }: Surroundings): ShownFrames {
  const watchers = new Map<WireName, Set<Show>>();
  const { frame, inspect, score, hear, forget } = createFrameFetcher({ state, send });
  const show = (wire: WireName, frame: TensorData): void =>
    watchers.get(wire)?.forEach((each) => each(frame));
  const follow = (): void => {
    const { run, leads } = state();
    const names = [...watchers.keys()];
    const wires = new Set(names.flatMap((name) => [name, own(leads, name) ?? name]));
    if (run !== null) send({ type: "watch", run, wires: [...wires] });
  };
  const newest = createNewest();
  const showAt = async (wire: WireName): Promise<void> => {
    const isNewest = newest(wire);
    const found = await frame(wire, state().at);
    if (found !== null && isNewest()) show(wire, found);
  };
  return {
    frame,
    inspect,
    score,
    follow,
    watch(wire, each) {
      const shows = watchers.get(wire) ?? new Set();
      watchers.set(wire, shows.add(each));
      if (shows.size === 1) follow();
      void showAt(wire);
      return () => {
        shows.delete(each);
        if (shows.size > 0) return;
        watchers.delete(wire);
        follow();
      };
    },
    hear(event) {
      hear(event);
      if (event.type !== "frame" || event.ticket !== null) return;
      const { at, atZone, zones, leads } = state();
      const { wire, iteration } = event;
      // What becomes the output tells more of it than the output in the middle of a run.
      if (own(leads, wire) !== undefined && iteration.length > 0) return;
      const zone = zoneOf(own(leads, wire) ?? wire, zones);
      if (at !== null && (atZone === null || zone === atZone)) return;
      for (const name of namesOf(state(), wire)) {
        newest(name);
        show(name, event.tensor);
      }
    },
    refresh: () => [...watchers.keys()].forEach((wire) => void showAt(wire)),
    forget,
  };
}

/** Of several answers to one question, only that to the last asked counts. */
function createNewest(): (wire: WireName) => () => boolean {
  const asked = new Map<WireName, number>();
  return (wire) => {
    const number = (asked.get(wire) ?? 0) + 1;
    asked.set(wire, number);
    return () => asked.get(wire) === number;
  };
}
