import type { Studio } from "../app/studio.ts";
import { always } from "../breakpoints/edits.ts";
import { placesMeant } from "../breakpoints/places.ts";
import type { Command } from "../commands/command.ts";
import type { Message } from "../document/history.ts";
import { goesOn } from "./goes-on.ts";
import { stepNode } from "./step-node.ts";

const isGoing = ({ run }: Studio): boolean =>
  ["starting", "running", "paused"].includes(run.getState().phase);

const needsRun: Message = { key: "run.lack.run" };
const needsNode: Message = { key: "run.lack.node" };
const needsStanding: Message = { key: "run.lack.standing" };

const needsServer: Message = { key: "run.lack.server" };
const needsLoss: Message = { key: "run.lack.lost" };

/** Where the scrubber stands in its zone; the newest where it follows. */
const placeOf = ({ run }: Studio): { readonly zone: string; readonly iteration: number } | null => {
  const { at, atZone, steps } = run.getState();
  const last = steps.at(-1);
  if (last === undefined) return null;
  const [iteration = last.iteration] = at ?? [];
  return { zone: atZone ?? last.zone, iteration };
};

/** Goes on, or starts, until what is selected has been computed. */
function runToHere(studio: Studio): void {
  const [place] = placesMeant(studio);
  if (place !== undefined) studio.run.actions.runTo({ ...place, condition: always });
}

/** Running, standing still, and looking into a step. */
export const runCommands: readonly Command[] = [
  {
    id: "run.start",
    keys: ["F5", "$mod+Enter"],
    focus: "everywhere",
    run: ({ run }) =>
      run.getState().phase === "paused" ? run.actions.resume() : run.actions.start(),
  },
  {
    id: "run.restart",
    keys: ["$mod+Shift+F5"],
    focus: "everywhere",
    run: ({ run }) => run.actions.start(),
  },
  {
    id: "run.pause",
    keys: ["F6"],
    focus: "everywhere",
    when: (studio) => goesOn(studio.run.getState()) || needsRun,
    run: ({ run }) => run.actions.pause(),
  },
  {
    id: "run.step",
    keys: ["F11"],
    focus: "everywhere",
    run: ({ run }) => run.actions.step(),
  },
  {
    id: "run.stepNode",
    keys: ["F10"],
    focus: "everywhere",
    when: (studio) =>
      !["starting", "running"].includes(studio.run.getState().phase) || needsStanding,
    run(studio) {
      const place = placeOf(studio);
      if (place === null) studio.run.actions.step();
      else stepNode(studio, place);
    },
  },
  {
    id: "run.cancel",
    keys: ["Shift+F5"],
    focus: "everywhere",
    when: (studio) => isGoing(studio) || needsRun,
    run: ({ run }) => run.actions.cancel(),
  },
  {
    id: "run.toNode",
    keys: ["$mod+F10"],
    focus: "everywhere",
    when: (studio) => placesMeant(studio).length > 0 || needsNode,
    run: runToHere,
  },
  {
    id: "run.fork",
    when: (studio) => placeOf(studio) !== null || needsRun,
    run: (studio) => {
      const place = placeOf(studio);
      if (place !== null) studio.run.actions.fork(place.zone, place.iteration);
    },
  },
  {
    id: "run.here",
    when: ({ run }) => run.getState().where === "server" || needsServer,
    run({ run: { actions } }) {
      actions.setWhere("browser");
      actions.setBackend("auto");
      actions.start();
    },
  },
  {
    id: "run.reconnect",
    when: ({ run }) => run.getState().connection?.is === "lost" || needsLoss,
    run: ({ run }) => run.actions.reconnect(),
  },
  {
    id: "run.follow",
    keys: ["End"],
    focus: "canvas",
    run: ({ run }) => run.actions.scrub(null),
  },
];
