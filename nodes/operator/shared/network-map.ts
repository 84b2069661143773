import { issueError } from "../../../runtime/base/issue.ts";
import type { NetworkModel } from "../../../runtime/graph/values.ts";
import type { Value } from "../../../runtime/ir/primitives.ts";
import type { Emit } from "../../../runtime/ir/program.ts";
import { importModel, type ImportedModel } from "../../../runtime/onnx/import-model.ts";
import { openNetwork } from "../../../runtime/onnx/open-network.ts";
import { modelSignature, type SignatureTensor } from "../../../runtime/onnx/signature.ts";
import { formatShape, sizeOf, type Shape } from "../../../runtime/tensor/tensor.ts";
import { cast, full } from "../../../runtime/trace/math.ts";
import { replay } from "../../../runtime/trace/replay.ts";

/** A network as a map of one tensor: which input it is, what its other inputs hold, which output is meant. */
export interface NetworkMap {
  readonly model: NetworkModel;
  readonly input: SignatureTensor;
  readonly output: SignatureTensor;
  readonly constants: readonly (SignatureTensor & { readonly value: number })[];
}

export interface NetworkNames {
  readonly input?: string | undefined;
  readonly output?: string | undefined;
  readonly constants?: Readonly<Record<string, number>> | undefined;
}

/**
 * Finds the input and the output in a network's signature: the named ones, else the only ones.
 *
 * @throws IssueError `operator.network` with a sentence that says which name is wanted.
 */
export function networkMap(model: NetworkModel, names: NetworkNames): NetworkMap {
  const { inputs, outputs } = modelSignature(openNetwork(model));
  const { constants = {} } = names;
  const open = inputs.filter(({ name }) => !Object.hasOwn(constants, name));
  const input = pick("input", names.input, open);
  if (!input.dtype.startsWith("float"))
    throw refuse(`The input "${input.name}" holds ${input.dtype}; a signal is float.`, "input");
  const missing = open.find(({ name }) => name !== input.name);
  if (missing !== undefined)
    throw refuse(
      `The network also wants the input "${missing.name}".`,
      "constants",
      `Give it a number: "constants": { "${missing.name}": 0 }.`,
    );
  return {
    model,
    input,
    output: pick("output", names.output, outputs),
    constants: inputs
      .filter(({ name }) => name !== input.name)
      .map((tensor) => ({ ...tensor, value: constants[tensor.name] ?? 0 })),
  };
}

function pick(
  which: "input" | "output",
  wanted: string | undefined,
  there: readonly SignatureTensor[],
): SignatureTensor {
  const [only] = there;
  if (wanted === undefined && only !== undefined && there.length === 1) return only;
  const found = there.find(({ name }) => name === wanted);
  if (found !== undefined) return found;
  const names = there.map(({ name }) => `"${name}"`).join(", ") || "none";
  const what = which === "input" ? "the signal" : "the measurement";
  throw refuse(
    wanted === undefined
      ? `It cannot be told which ${which} of the network is ${what}; there are ${names}.`
      : `The network has no ${which} "${wanted}"; there are ${names}.`,
    which,
  );
}

const refuse = (message: string, param: string, fix = `Name it with the param ${param}.`) =>
  issueError("operator.network", message, { path: ["params", param] }, { fix });

/** Programs by the shape of the input; weights are shared. */
const programs = new WeakMap<NetworkMap, Map<string, ImportedModel>>();

/**
 * The network's output for `x` [N, …], float32, written with the primitives of the instruction set.
 *
 * @throws IssueError of the reader (`model.unsupported-operator`, …).
 */
export function applyNetwork(emit: Emit, map: NetworkMap, x: Value): Value {
  const { program, inputNames, outputNames } = programFor(map, x.shape);
  const args = inputNames.map((name, i) => {
    const { dtype, shape } = program.inputs[i] ?? x;
    if (name === map.input.name) return cast(emit, x, dtype);
    const value = map.constants.find((constant) => constant.name === name)?.value ?? 0;
    return full(emit, dtype, shape, value);
  });
  const output = replay(emit, program, args)[outputNames.indexOf(map.output.name)];
  if (output === undefined) throw new Error(`internal: ${map.model.name} has no such output`);
  return cast(emit, output, "float32");
}

function programFor(map: NetworkMap, shape: Shape): ImportedModel {
  const known = programs.get(map) ?? new Map<string, ImportedModel>();
  programs.set(map, known);
  const key = formatShape(shape);
  const program = known.get(key) ?? importFor(map, shape);
  known.set(key, program);
  return program;
}

/** Whole numbers are read as constants: shapes may be computed of them. */
function importFor({ model, input, constants }: NetworkMap, shape: Shape): ImportedModel {
  const shapes = { [input.name]: shape };
  const ints: Record<string, readonly number[]> = {};
  for (const constant of constants) {
    const own = constant.dims.map((d, i) =>
      typeof d === "number" ? d : i === 0 ? (shape[0] ?? 1) : 1,
    );
    shapes[constant.name] = own;
    if (constant.dtype.startsWith("int"))
      ints[constant.name] = Array<number>(sizeOf(own)).fill(constant.value);
  }
  return importModel(openNetwork(model), { shapes, ints });
}

/** The signal that makes measurements of this shape (without batch); null where the file does not tell. */
export function signalFor({ input, output }: NetworkMap, measurement: Shape): Shape | null {
  const sizes = new Map<string, number>();
  output.dims.slice(1).forEach((dim, i) => {
    const size = measurement[i];
    if (typeof dim === "string" && !dim.startsWith("?") && size !== undefined) sizes.set(dim, size);
  });
  const signal = input.dims.slice(1).map((dim) => (typeof dim === "number" ? dim : sizes.get(dim)));
  return input.dims.length > 1 && signal.every((size) => size !== undefined) ? signal : null;
}
