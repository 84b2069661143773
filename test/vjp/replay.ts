import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { vjpProgram } from "../../runtime/autodiff/vjp-program.ts";
import { importModel } from "../../runtime/onnx/import-model.ts";
import { readModel, type OnnxModel } from "../../runtime/onnx/model.ts";
import { lowerProgram } from "../../runtime/trace/lower.ts";
import { readNpz } from "../../runtime/tensor/npz.ts";
import { formatShape, type TensorData } from "../../runtime/tensor/tensor.ts";
import { openProgram } from "./run-program.ts";

/** How far one network is from its reference, relative to the reference's largest entry. */
export interface Deviation {
  readonly output: number;
  readonly vjp: number;
}

/**
 * Runs NAME.onnx forward and backward on the arrays of a .npz: `x` (the first input), `t` (the second, where
 * there is one), `v` (the cotangent of the output); compares with `out` and `vjp_x_f64`. Weights kept in
 * other files are read from beside the model.
 */
export async function replay(onnxPath: string, npzPath: string): Promise<Deviation> {
  const arrays = readNpz(readFileSync(npzPath));
  const array = (name: string) => {
    const found = arrays[name];
    if (found === undefined) throw new Error(`${npzPath} holds no array "${name}"`);
    return found;
  };
  const model = readModel(readFileSync(onnxPath), {
    external: (location) => readFileSync(join(dirname(onnxPath), location)),
  });
  const feeds = feedsOf(model, [array("x"), ...(arrays["t"] === undefined ? [] : [arrays["t"]])]);
  const shapes = Object.fromEntries(feeds.map(({ name, data }) => [name, data.shape]));
  const { program, inputNames } = importModel(model, { shapes });
  const session = await openProgram(lowerProgram(vjpProgram(program, { of: [0] })));
  const inputs = inputNames.map((name, i) => {
    const fed = feeds.find((feed) => feed.name === name);
    if (fed === undefined) throw new Error(`nothing is given for the input "${name}"`);
    return asType(fed.data, program.inputs[i]?.dtype ?? "float32");
  });
  const outputs = await session.run([
    ...inputs,
    asType(array("v"), program.outputs[0]?.dtype ?? "float32"),
  ]);
  await session.release();
  return {
    output: deviation(outputs[0], array("out")),
    vjp: deviation(outputs.at(-1), array("vjp_x_f64")),
  };
}

interface Feed {
  readonly name: string;
  readonly data: TensorData;
}

function feedsOf({ proto }: OnnxModel, arrays: readonly TensorData[]): Feed[] {
  const weights = new Set(proto.graph?.initializer.map(({ name }) => name));
  const names = (proto.graph?.input ?? [])
    .map(({ name }) => name)
    .filter((name) => !weights.has(name));
  return names.slice(0, arrays.length).map((name, i) => ({ name, data: arrays[i] as TensorData }));
}

/** Noise levels are stored as floats or integers whatever the model wants. */
function asType(tensor: TensorData, dtype: TensorData["dtype"]): TensorData {
  if (tensor.dtype === dtype) return tensor;
  const { shape, data } = tensor;
  const numbers = Array.from(data as ArrayLike<number | bigint>, Number);
  if (dtype === "int64")
    return { dtype, shape, data: BigInt64Array.from(numbers, (n) => BigInt(Math.round(n))) };
  if (dtype === "int32") return { dtype, shape, data: Int32Array.from(numbers) };
  if (dtype === "float64") return { dtype, shape, data: Float64Array.from(numbers) };
  if (dtype === "float32") return { dtype, shape, data: Float32Array.from(numbers) };
  throw new Error(`the model wants ${dtype}, the array is ${tensor.dtype}`);
}

/** max |got - wanted| / max |wanted| */
function deviation(got: TensorData | undefined, wanted: TensorData): number {
  if (got === undefined || got.data.length !== wanted.data.length)
    throw new Error(
      `the result is ${formatShape(got?.shape ?? [])}, the reference ${formatShape(wanted.shape)}`,
    );
  let [worst, size] = [0, 0];
  for (let i = 0; i < wanted.data.length; i += 1) {
    const reference = Number(wanted.data[i]);
    const error = Math.abs(Number(got.data[i]) - reference);
    worst = Number.isNaN(error) ? Infinity : Math.max(worst, error);
    size = Math.max(size, Math.abs(reference));
  }
  return size === 0 ? worst : worst / size;
}
