import type { AssetDefault, Document, NodeDefault } from "../../runtime/graph/document.ts";

export interface Start {
  readonly name: string;
  /** A name in graphs/tasks: the operator, its noise and a picture. */
  readonly task: string;
  readonly prior: NodeDefault | AssetDefault;
  readonly schedule: NodeDefault;
}

/** The schedule that most samplers of `graphs/samplers` begin with. */
export const plainSchedule: NodeDefault = {
  type: "schedule/poly",
  v: 1,
  params: { sigmaMax: 10, sigmaMin: 0.05, steps: 50 },
};

/**
 * A sampler that is to be wired: noise at the first level enters a zone that visits every level of the schedule and carries x.
 * The zone is still empty, which its one issue says.
 */
export const skeleton = ({ name, task, prior, schedule }: Start): Document => ({
  denoodle: 1,
  name,
  task,
  inputs: {
    measurement: { kind: "measurement" },
    operator: { kind: "operator" },
    prior: { kind: "prior", default: prior },
    schedule: { kind: "schedule", default: schedule },
  },
  graph: {
    first: { type: "schedule/first", v: 1, in: { schedule: "@schedule" } },
    start: { type: "math/noise", v: 1, in: { level: "first.level", space: "@operator" } },
    anneal: {
      type: "zone/for-each",
      v: 1,
      each: { level: "@schedule.levels", next: "@schedule.nextLevels" },
      states: { x: { init: "start.x", next: "@x" } },
      body: {},
    },
  },
  outputs: { x0: "anneal.x" },
  blocks: {},
  ui,
});

/** What is to be wired stands in the middle, with what it needs beside it. */
const ui = {
  nodes: {
    "@prior": [0, 0],
    "@schedule": [0, 88],
    "@operator": [0, 176],
    "@measurement": [0, 264],
    first: [224, 152],
    start: [448, 176],
    anneal: [672, 0],
    "=x0": [1136, 0],
  },
  views: [{ name: "Loop", scope: "graph", at: [-32, -32], size: [1376, 560] }],
};
