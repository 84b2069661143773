import { IssueError } from "../../base/issue.ts";
import { isTensor } from "../../execute/is-tensor.ts";
import type { Document } from "../../graph/document.ts";
import type { TensorData } from "../../tensor/tensor.ts";
import type { Measuring } from "./measure.ts";
import { onlySlot } from "./only-slot.ts";
import { runInstead, type Outputs, type Ran } from "./run-to-end.ts";

/** What the measurement gives without a prior, or a sentence that says why there is none. */
interface Baseline {
  readonly picture: TensorData | null;
  readonly leftOut: readonly string[];
}

/**
 * The output named `baseline`, where the graph or its task has one; else what `operator/baseline`
 * makes of the run's measurement, which the task makes again from the same seed.
 */
export async function baselineOf(
  { runToEnd, on }: Measuring,
  { compile, options: { seed, samples, tape } }: Ran,
  outputs: Outputs,
): Promise<Baseline> {
  const own = outputs["baseline"];
  if (isTensor(own)) return { picture: own, leftOut: [] };
  const file = baselineGraph(compile.document);
  if (file === null) return { picture: null, leftOut: [] };
  const options = {
    ...on,
    seed,
    ...(samples === undefined ? {} : { samples }),
    ...(tape === undefined ? {} : { tape: ofTask(tape) }),
  };
  try {
    const { baseline } = await runInstead(runToEnd, { compile, options }, file);
    return { picture: isTensor(baseline) ? baseline : null, leftOut: [] };
  } catch (error) {
    if (!(error instanceof IssueError)) throw error;
    const why = error.issues[0]?.message ?? "";
    return { picture: null, leftOut: [`The baseline is left out: ${why}`] };
  }
}

/** With the run's own slots, so that what filled them fills these; null for another problem. */
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
