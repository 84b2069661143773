import type { Issue } from "../../runtime/base/issue.ts";
import type { Result } from "../../runtime/execute/events.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { isTensor } from "../../runtime/execute/is-tensor.ts";
import type { Prepared } from "./prepare.ts";
import { isPictures } from "./samples.ts";
import { slotOf } from "./set-params.ts";

/** How far beyond [-1, 1] a signal may reach: noise on a picture is no mistake. */
const slack = 0.5;
/** Above this an output has most likely run away. */
const largest = 100;

/** An issue, code `input.range`, for every signal from a file that is scaled otherwise than signals are. */
export function unusualFeeds({ graph, task, feeds }: Prepared): readonly Issue[] {
  const parts = { graph: graph.document, task: task?.document ?? null, feeds };
  return Object.entries(feeds).flatMap(([name, feed]) => {
    if (feed.kind !== "tensor" || slotOf(parts, name)?.kind !== "signal") return [];
    const [least, most] = rangeOf(feed.data);
    if (least >= -1 - slack && most <= 1 + slack) return [];
    return [
      {
        code: "input.range",
        message: `The file holds values from ${short(least)} to ${short(most)}; signals are in [-1,1].`,
        at: { path: [`--in ${name}`] },
      },
    ];
  });
}

/**
 * An issue, code `output.range`, for every picture among the outputs that ran away. Measurements
 * are sums in some operators and may be large.
 */
export function unusualOutputs(outputs: Readonly<Record<string, Result>>): readonly Issue[] {
  return Object.entries(outputs).flatMap(([name, value]) => {
    if (name === "measurement" || !isTensor(value) || !isPictures(value)) return [];
    const [least, most] = rangeOf(value);
    if (Math.max(-least, most) <= largest) return [];
    return [
      {
        code: "output.range",
        message: `The output ${name} holds values from ${short(least)} to ${short(most)}; signals are in [-1,1].`,
        at: { path: ["outputs", name] },
        fix: "Take smaller steps, or look at the input's range.",
      },
    ];
  });
}

function rangeOf({ data }: TensorData): readonly [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const each of data) {
    const value = Number(each);
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}

/** At most four digits. */
function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
