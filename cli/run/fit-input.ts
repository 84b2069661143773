import { IssueError, issueError } from "../../runtime/base/issue.ts";
import { fitSize } from "../../nodes/input/fit-size.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import type { EngineProcess } from "../engine/engine-process.ts";
import { isTensor } from "../../runtime/execute/is-tensor.ts";
import { onlySlot } from "../../runtime/protocol/score/only-slot.ts";
import type { FitSetting } from "./parse-settings.ts";
import type { Taken } from "./prior-takes.ts";
import type { ReadRun } from "./read-run.ts";
import { slotOf } from "./set-params.ts";
import { runInstead } from "./run-instead.ts";

interface Given {
  readonly slot: string;
  /** [N, …] */
  readonly data: TensorData;
  readonly fit: FitSetting;
  readonly taken: Taken;
}

/**
 * A picture as `input/image` crops, pads or resizes it, and in the channels that the prior takes. The
 * size is the one that was asked for, else the nearest for which the prior takes the signal: the picture
 * itself, or what the operator measured it of.
 */
export async function fitInput(
  engine: EngineProcess,
  run: ReadRun,
  given: Given,
): Promise<TensorData> {
  const { slot, data, fit, taken } = given;
  const ratio = await signalRatio(engine, run, given);
  try {
    const size = fit.size ?? nearestSize(data, ratio.slice(1), given);
    const channels = taken.channels / (ratio[0] ?? 1);
    return await pictureOf(engine, run, data, {
      fit: fit.how,
      size,
      ...(channels === 1 || channels === 3 ? { channels } : {}),
    });
  } catch (error) {
    if (!(error instanceof IssueError)) throw error;
    throw new IssueError(
      error.issues.map((issue) => ({ ...issue, at: { path: [`--in ${slot}`] } })),
    );
  }
}

/** What `input/image` with these params makes of a picture. */
async function pictureOf(
  engine: EngineProcess,
  run: ReadRun,
  data: TensorData,
  params: object,
): Promise<TensorData> {
  const file = "picture";
  const graph = {
    denoodle: 1,
    name: "Fit",
    inputs: {},
    graph: { picture: { type: "input/image", v: 1, params: { file, ...params } } },
    outputs: { x: "picture.x" },
  };
  const assets = { tensors: new Map([[file, data]]), models: new Map(), hashes: {}, warnings: [] };
  const alone = { ...run, task: null, feeds: {}, assets, batch: data.shape[0] ?? 1 };
  const { x } = await runInstead(engine, alone, graph);
  if (!isTensor(x)) throw new Error("internal: input/image gave no picture");
  return x;
}

/** Along each axis but the first, how many values of the signal there are for one of the tensor. */
async function signalRatio(
  engine: EngineProcess,
  run: ReadRun,
  { slot, data }: Pick<Given, "slot" | "data">,
): Promise<readonly number[]> {
  const [, ...shape] = data.shape;
  const same = shape.map(() => 1);
  const parts = { graph: run.graph.document, task: run.task?.document ?? null, feeds: run.feeds };
  const operator = onlySlot(run.graph.document, "operator");
  if (slotOf(parts, slot)?.kind !== "measurement" || operator === undefined) return same;
  const { inputs } = run.graph.document;
  const graph = {
    denoodle: 1,
    name: "What was measured",
    inputs: { [operator]: inputs[operator], [slot]: inputs[slot] },
    graph: { signal: { type: "math/constant", v: 1, in: { space: `@${operator}` } } },
    outputs: { signal: "signal.x" },
  };
  const feeds = { ...run.feeds, [slot]: { kind: "tensor" as const, data } };
  const { signal } = await runInstead(engine, { ...run, feeds, batch: data.shape[0] ?? 1 }, graph);
  if (!isTensor(signal)) return same;
  return shape.map((d, i) => (signal.shape[i + 1] ?? d) / d);
}

/** @throws IssueError `fit.size` where no size would do. */
function nearestSize(
  { shape: [, , ...sizes] }: TensorData,
  ratio: readonly number[],
  { fit: { how }, taken: { spatial, multipleOf } }: Pick<Given, "fit" | "taken">,
): readonly number[] {
  const found = sizes.map((size, i) => {
    const times = ratio[i] ?? 1;
    const fixed = spatial[i] ?? 0;
    const rule = {
      size: fixed === 0 ? null : fixed / times,
      multipleOf: Number.isInteger(times) ? multipleOf / divisor(multipleOf, times) : multipleOf,
    };
    return fitSize(how, size, rule);
  });
  const whole = found.flatMap((d) => (d !== null && Number.isInteger(d) ? [d] : []));
  if (whole.length === found.length) return whole;
  const wanted = spatial.some((d) => d > 0) ? spatial.join(" x ") : `multiples of ${multipleOf}`;
  throw issueError(
    "fit.size",
    `A picture of ${sizes.join(" x ")} pixels gives no signal of ${wanted}, which the prior takes, by --fit ${how}.`,
    {},
    { fix: "Use --fit resize, or say the size: --fit resize:256." },
  );
}

/** The greatest common one. */
function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
