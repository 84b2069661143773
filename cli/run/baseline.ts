import { IssueError } from "../../runtime/base/issue.ts";
import type { Document } from "../../runtime/graph/document.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import type { EngineProcess } from "../engine/engine-process.ts";
import { isTensor } from "./measure.ts";
import type { Outcome } from "./outcome.ts";
import type { Prepared } from "./prepare.ts";
import { onlySlot } from "./only-slot.ts";
import { runInstead } from "./small-graph.ts";

/** What the measurement gives without a prior, or a sentence that says why there is none. */
export interface Baseline {
  readonly picture: TensorData | null;
  readonly leftOut: readonly string[];
}

/**
 * The output named `baseline`, where the graph or its task has one; else what `operator/baseline`
 * makes of the run's measurement, which the task makes again from the same seed.
 */
export async function baselineOf(
  engine: EngineProcess,
  prepared: Prepared,
  { outputs }: Pick<Outcome, "outputs">,
): Promise<Baseline> {
  const own = outputs["baseline"];
  if (isTensor(own)) return { picture: own, leftOut: [] };
  const file = baselineGraph(prepared.graph.document);
  if (file === null) return { picture: null, leftOut: [] };
  const { tape } = prepared;
  try {
    const made = await runInstead(engine, prepared, file, tape && ofTask(tape));
    return { picture: isTensor(made["baseline"]) ? made["baseline"] : null, leftOut: [] };
  } catch (error) {
    if (!(error instanceof IssueError)) throw error;
    const why = error.issues[0]?.message ?? "";
    return { picture: null, leftOut: [`The baseline is left out: ${why}`] };
  }
}

/** With the run's own slots, so that the task and the command line fill them; null for another problem. */
function baselineGraph(document: Document): unknown {
  const operator = onlySlot(document, "operator");
  const measurement = onlySlot(document, "measurement");
  if (operator === undefined || measurement === undefined) return null;
  return {
    denoodle: 1,
    name: "Baseline",
    inputs: {
      [operator]: document.inputs[operator],
      [measurement]: document.inputs[measurement],
    },
    graph: {
      first: {
        type: "operator/baseline",
        v: 1,
        in: { operator: `@${operator}`, y: `@${measurement}` },
      },
    },
    outputs: { baseline: "first.x" },
  };
}

/** The streams that the task draws from; the others are the sampler's. */
function ofTask<T>(tape: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(tape).filter(([name]) => name.startsWith("task/")));
}
