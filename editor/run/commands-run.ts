import type { Studio } from "../app/studio.ts";
import type { Command } from "../commands/command.ts";
import type { Message } from "../document/history.ts";
import { nodeOf, runToNode, stepNode } from "./step-node.ts";

const isGoing = ({ run }: Studio): boolean =>
  ["starting", "running", "paused"].includes(run.getState().phase);

const needsRun: Message = { key: "run.lack.run" };
const needsNode: Message = { key: "run.lack.node" };
const needsStanding: Message = { key: "run.lack.standing" };

const hasStopped = ({ run }: Studio): boolean =>
  ["paused", "done", "cancelled", "failed"].includes(run.getState().phase);

/** Where the scrubber stands in its zone; the newest where it follows. */
const placeOf = ({ run }: Studio): { readonly zone: string; readonly iteration: number } | null => {
  const { at, atZone, steps } = run.getState();
  const last = steps.at(-1);
  if (last === undefined) return null;
  const [iteration = last.iteration] = at ?? [];
  return { zone: atZone ?? last.zone, iteration };
};

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
    when: (studio) => studio.run.getState().phase === "running" || needsRun,
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
    when: (studio) => (hasStopped(studio) && placeOf(studio) !== null) || needsStanding,
    run: (studio) => stepNode(studio, placeOf(studio)),
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
    when: (studio) => nodeOf(studio) !== null || needsNode,
    run: runToNode,
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
    id: "run.follow",
    keys: ["End"],
    focus: "canvas",
    run: ({ run }) => run.actions.scrub(null),
  },
];
