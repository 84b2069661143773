import type { NodeDefault } from "../../runtime/graph/document.ts";
import type { EngineProcess } from "../engine/engine-process.ts";
import { onlySlot } from "./only-slot.ts";
import type { ReadRun } from "./read-run.ts";
import { runInstead } from "./small-graph.ts";

/** Which signals a prior takes, as `prior/properties` says; what is free is 0, and 1 for the multiple. */
export interface Taken {
  readonly axes: number;
  readonly channels: number;
  readonly spatial: readonly number[];
  readonly multipleOf: number;
}

const anything: Taken = { axes: 0, channels: 0, spatial: [], multipleOf: 1 };

/** Which signals the prior of a run takes; anything where there is not one prior, or another node makes it. */
export async function askPrior(engine: EngineProcess, run: ReadRun): Promise<Taken> {
  const prior = priorOf(run);
  if (prior === null) return anything;
  const takes = ["axes", "channels", "spatial", "multipleOf"];
  const graph = {
    denoodle: 1,
    name: "What the prior takes",
    inputs: { prior: { kind: "prior", default: prior } },
    graph: { takes: { type: "prior/properties", v: 1, in: { prior: "@prior" } } },
    outputs: Object.fromEntries(takes.map((name) => [name, `takes.${name}`])),
  };
  const outputs = await runInstead(engine, { ...run, task: null, feeds: {}, batch: 1 }, graph);
  return outputs as unknown as Taken;
}

/** The node in the prior's slot: given by --with, by the task, or the graph's own. */
function priorOf({ graph, task, feeds }: ReadRun): NodeDefault | null {
  const name = onlySlot(graph.document, "prior");
  if (name === undefined) return null;
  const ofTask = task?.document.outputs[name];
  const slot = ofTask === undefined ? name : /^@([^.]+)$/.exec(ofTask)?.[1];
  if (slot === undefined) return null;
  const feed = feeds[slot];
  if (feed?.kind === "node") return { v: 1, ...feed };
  const given = (ofTask === undefined ? graph : task)?.document.inputs[slot]?.default;
  return typeof given === "object" && "type" in given ? given : null;
}
