import type { Feed } from "../../runtime/compile/slots.ts";
import type { Document, Slot } from "../../runtime/graph/document.ts";
import type { EngineProcess } from "../engine/engine-process.ts";
import { onlySlot } from "../../runtime/protocol/score/only-slot.ts";
import type { ReadRun } from "./read-run.ts";
import { runInstead } from "./run-instead.ts";

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
    inputs: { prior: prior.slot },
    graph: { takes: { type: "prior/properties", v: 1, in: { prior: "@prior" } } },
    outputs: Object.fromEntries(takes.map((name) => [name, `takes.${name}`])),
  };
  const feeds = prior.feed === undefined ? {} : { prior: prior.feed };
  const outputs = await runInstead(engine, { ...run, task: null, feeds, batch: 1 }, graph);
  return outputs as unknown as Taken;
}

interface PriorSlot {
  readonly slot: Slot;
  readonly feed: Feed | undefined;
}

/** The slot that holds the run's prior, of the task where that passes one on, and what is fed into it. */
function priorOf({ graph, task, feeds }: ReadRun): PriorSlot | null {
  const name = onlySlot(graph.document, "prior");
  if (name === undefined) return null;
  const ofTask = task?.document.outputs[name];
  if (task === null || ofTask === undefined) return slotIn(graph.document, name, feeds);
  return slotIn(task.document, /^@([^.]+)$/.exec(ofTask)?.[1] ?? "", feeds);
}

function slotIn({ inputs }: Document, name: string, feeds: ReadRun["feeds"]): PriorSlot | null {
  const [slot, feed] = [inputs[name], feeds[name]];
  const isFilled = feed !== undefined || slot?.default !== undefined;
  return slot === undefined || !isFilled ? null : { slot, feed };
}
