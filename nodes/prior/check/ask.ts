import { feedShape, type NetworkPorts, type TimeDType } from "../network.ts";
import type { Parametrisation } from "../parametrisation.ts";
import { askNetwork } from "../reading.ts";
import { issueError } from "../../../runtime/base/issue.ts";
import type { Level } from "../../../runtime/graph/values.ts";
import { fromFloat16, toFloat16 } from "../../../runtime/onnx/proto/float16.ts";
import {
  formatShape,
  sizeOf,
  type Shape,
  type TensorData,
} from "../../../runtime/tensor/tensor.ts";

/** Runs a model once: feeds by input name, outputs by output name. Called again and again with the same bytes. */
export type Evaluate = (
  model: Uint8Array,
  feeds: Readonly<Record<string, TensorData>>,
) => Promise<Readonly<Record<string, TensorData>>>;

/** A noisy signal, and the level it is at; `key` tells it from all others. */
export interface State {
  readonly key: string;
  readonly x: Float32Array;
  /** Without the batch axis. */
  readonly shape: Shape;
  readonly level: Level;
}

/** The answer in the two forms that matter, float64. */
export interface Answer {
  readonly x0: Float64Array;
  readonly eps: Float64Array;
}

export type Ask = (asked: Parametrisation, state: State) => Promise<Answer>;

/** Is told before each of `total` parts how many are done; what it throws ends the work. */
export type Tick = (done: number, total: number) => void | Promise<void>;

/** Asks the network in any convention; a question that was asked before is not asked again. */
export function createAsk(evaluate: Evaluate, model: Uint8Array, ports: NetworkPorts): Ask {
  const outputs = new Map<string, Promise<Float64Array>>();
  return async (asked, state) => {
    const question = askNetwork(asked, state.level);
    const { gain, offset, time } = question;
    const key = [state.key, ...[gain, offset, time].map((n) => n.toPrecision(12))].join(" ");
    const known = outputs.get(key);
    const net = known ?? networkOutput({ evaluate, model, ports }, state, question);
    outputs.set(key, net);
    const values = await net;
    const read = ({ x, net: factor, constant }: (typeof question)["x0"]) =>
      Float64Array.from(
        state.x,
        (value, i) => x * value + factor * (values[i] ?? Number.NaN) + constant,
      );
    const x0 = clamped(read(question.x0), asked.clamp);
    const { alpha, sigma } = state.level;
    const eps = Float64Array.from(
      state.x,
      (value, i) => (value - alpha * (x0[i] ?? Number.NaN)) / sigma,
    );
    return { x0, eps };
  };
}

function clamped(x0: Float64Array, clamp: Parametrisation["clamp"]): Float64Array {
  if (clamp === null) return x0;
  const [low, high] = clamp;
  return x0.map((value) => Math.min(Math.max(value, low), high));
}

interface Network {
  readonly evaluate: Evaluate;
  readonly model: Uint8Array;
  readonly ports: NetworkPorts;
}

/** The network's output; of a learned variance only the first half. */
async function networkOutput(
  { evaluate, model, ports }: Network,
  { x, shape }: State,
  { gain, offset, time }: { readonly gain: number; readonly offset: number; readonly time: number },
): Promise<Float64Array> {
  const values = Float64Array.from(x, (value) => gain * value + offset);
  const feeds: Record<string, TensorData> = {
    [ports.input.name]: tensorOf(ports.inputDtype, [1, ...shape], values),
  };
  if (ports.time !== null) feeds[ports.time.name] = oneNumber(ports.time, time);
  for (const constant of ports.constants)
    feeds[constant.name] = oneNumber(constant, constant.value);
  const output = (await evaluate(model, feeds))[ports.output];
  const [, channels = 1] = output?.shape ?? [];
  const size = sizeOf(shape);
  if (output === undefined || (channels !== shape[0] && channels !== 2 * (shape[0] ?? 1)))
    throw issueError(
      "prior.network",
      `The network's output "${ports.output}" has shape ${formatShape(output?.shape ?? [])} for a signal of shape ${formatShape([1, ...shape])}.`,
      {},
      { fix: "A denoiser gives a signal of the shape that it takes, or twice its channels." },
    );
  return numbersOf(output).subarray(0, size);
}

function oneNumber(
  tensor: Parameters<typeof feedShape>[0] & { readonly dtype: TimeDType },
  value: number,
): TensorData {
  const shape = feedShape(tensor, 1);
  return tensorOf(tensor.dtype, shape, new Float64Array(sizeOf(shape)).fill(value));
}

function tensorOf(dtype: TimeDType | "float16", shape: Shape, values: Float64Array): TensorData {
  switch (dtype) {
    case "float32":
      return { dtype, shape, data: Float32Array.from(values) };
    case "float64":
      return { dtype, shape, data: values };
    case "float16":
      return { dtype, shape, data: Uint16Array.from(values, toFloat16) };
    case "int32":
      return { dtype, shape, data: Int32Array.from(values, Math.round) };
    case "int64":
      return {
        dtype,
        shape,
        data: BigInt64Array.from(values, (value) => BigInt(Math.round(value))),
      };
  }
}

function numbersOf({ dtype, data }: TensorData): Float64Array {
  if (dtype === "float16") return Float64Array.from(data, fromFloat16);
  return Float64Array.from(data as ArrayLike<number | bigint>, Number);
}
