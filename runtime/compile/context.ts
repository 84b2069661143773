import { issueError } from "../base/issue.ts";
import type { BuildContext, ModelAsset } from "../graph/define-node.ts";
import type { HostFeed, NetworkModel, Scalar } from "../graph/values.ts";
import type { Value } from "../ir/primitives.ts";
import { newValue } from "../ir/program.ts";
import type { Shape, TensorData } from "../tensor/tensor.ts";
import { leafHost, type Host } from "../trace/host.ts";
import type { Build } from "./build.ts";
import { takeGradient } from "./gradient.ts";
import { networkOutputs } from "./network.ts";
import { constantOf, type Region } from "./region.ts";
import { scalarValue } from "./scalar-value.ts";

/** A build context that writes into `region` for the node at `path`. */
export function nodeContext(build: Build, region: Region, path: string): BuildContext {
  const { recorder } = region;
  recorder.setOrigin(path);
  const scalar = (given: Scalar | Host<number> | number, rank = 0): Value =>
    scalarValue(region, given, rank);
  return {
    path,
    batch: region.batch,
    op: recorder.op,
    ops: recorder.ops,
    constant: (data) => sharedConstant(region, data),
    constantOf: (value) => constantOf(region, value),
    scalar,
    noise: (stream, shape, options) => {
      if (region.barriers.some((barrier) => barrier.kind === "draw" && barrier.stream === stream))
        build.warn(
          `Another draw of this zone names the stream ${JSON.stringify(stream)} too: both get the same numbers.`,
          path,
        );
      return draw(region, stream, { shape, perSignal: options?.perSignal === true });
    },
    input: (data) => external(build, region, data),
    image: (file) => asset(build.assets.tensors, file, path),
    tensor: (file) => asset(build.assets.tensors, file, path),
    model: (file): ModelAsset => asset(build.assets.models, file, path),
    gradient: (of, wrt, cotangent) => takeGradient({ build, region, path }, { of, wrt, cotangent }),
    stopGradient: (x) => {
      const out = recorder.op("Identity", [x], {});
      region.stopped.add(out);
      return out;
    },
    readBack: (value) => readBack(region, value, path),
    evaluateNetwork: (model, feeds) => call(region, model, feeds, path),
    countEvaluation: (output) => {
      region.evaluations.add([output]);
    },
    warn: (message) => build.warn(message, path),
  };
}

function asset<T>(from: ReadonlyMap<string, T>, file: string, node: string): T {
  const found = from.get(file);
  if (found === undefined)
    throw issueError("asset.missing", `the file ${JSON.stringify(file)} was not loaded`, { node });
  return found;
}

function sharedConstant(region: Region, data: TensorData): Value {
  const known = region.constants.get(data);
  if (known !== undefined) return known;
  const value = region.recorder.constant(data);
  region.constants.set(data, value);
  return value;
}

function draw(
  region: Region,
  stream: string,
  { shape, perSignal }: { readonly shape: Shape; readonly perSignal: boolean },
): Value {
  const output = newValue({ dtype: "float32", shape: [region.batch, ...shape] });
  region.barriers.push({ kind: "draw", stream, shape, output, perSignal });
  return output;
}

/**
 * A device scalar as a host number.
 *
 * @throws IssueError `batch.read-back`: samples would differ, and the host has one number for all.
 */
export function readBack(region: Region, value: Value, origin: string): Host<number> {
  if (region.batch > 1)
    throw issueError(
      "batch.read-back",
      `this needs one number for the whole run, and each of the ${region.batch} samples has its own.`,
      { node: origin },
      { fix: "Run one sample at a time, or keep the number in tensor arithmetic." },
    );
  const host = leafHost<number>(region.scope, `${origin} read back`);
  region.barriers.push({ kind: "readback", value, host, origin });
  return host;
}

function call(
  region: Region,
  model: NetworkModel,
  feeds: Readonly<Record<string, Value | HostFeed>>,
  origin: string,
): readonly Value[] {
  const shapes: Record<string, Shape> = {};
  for (const [name, feed] of Object.entries(feeds)) shapes[name] = feed.shape;
  const { types, names } = networkOutputs(model, shapes);
  const outputs = types.map(newValue);
  region.barriers.push({ kind: "call", model, feeds, outputs, outputNames: names, origin });
  return outputs;
}

/**
 * A value of the graph's own region that a run fills with `data`, one sample repeated over the batch.
 *
 * @throws IssueError `batch.size`.
 */
export function external(build: Build, region: Region, data: TensorData): Value {
  const [samples = 1, ...shape] = data.shape;
  build.given.push(samples);
  if (samples !== 1 && samples !== region.batch)
    throw issueError(
      "batch.size",
      `a batch of ${samples} was given to a run of ${region.batch} samples.`,
      {},
      {
        expected: `1 or ${region.batch} samples`,
        got: String(samples),
      },
    );
  const value = newValue({ dtype: data.dtype, shape: [region.batch, ...shape] });
  build.externals.set(value, samples === region.batch ? data : repeat(data, region.batch));
  return value;
}

function repeat(data: TensorData, times: number): TensorData {
  const values = new (data.data.constructor as Float32ArrayConstructor)(data.data.length * times);
  for (let i = 0; i < times; i += 1) values.set(data.data as Float32Array, i * data.data.length);
  return { ...data, shape: [times, ...data.shape.slice(1)], data: values } as TensorData;
}
