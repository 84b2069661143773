import { IssueError } from "../base/issue.ts";
import type { NetworkModel } from "../graph/values.ts";
import type { Program } from "../ir/program.ts";
import { importModel } from "../onnx/import-model.ts";
import { openNetwork } from "../onnx/open-network.ts";
import { modelSignature } from "../onnx/signature.ts";
import {
  bytesPerElement,
  formatShape,
  type DType,
  type Shape,
  type TensorType,
} from "../tensor/tensor.ts";
import { nameConstants } from "./content-key.ts";

type Shapes = Readonly<Record<string, Shape>>;

/** A network read as a program. */
export interface Network {
  readonly program: Program;
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
}

/** Networks by content and input shapes, or why they cannot be read as programs; weights stay views of the file. */
const imported = new Map<string, Network | IssueError>();
const mostKept = 8;

/** What tells a network for inputs of these shapes from every other. */
export function networkKey({ sha256 }: NetworkModel, shapes: Shapes): string {
  const sizes = Object.keys(shapes).toSorted();
  return [sha256, ...sizes.map((name) => `${name}${formatShape(shapes[name] ?? [])}`)].join(" ");
}

/**
 * A network as a program for inputs of these shapes.
 *
 * @throws IssueError `model.unsupported-operator` and others of the reader.
 */
export function networkProgram(model: NetworkModel, shapes: Shapes): Network {
  const key = networkKey(model, shapes);
  const known = imported.get(key) ?? tryImport(model, shapes);
  const [oldest] = imported.keys();
  if (imported.size >= mostKept && oldest !== undefined) imported.delete(oldest);
  imported.set(key, known);
  if (known instanceof IssueError) throw known;
  return known;
}

function tryImport(model: NetworkModel, shapes: Shapes): Network | IssueError {
  try {
    const network = importModel(openNetwork(model), { shapes });
    nameConstants(network.program, networkKey(model, shapes));
    return network;
  } catch (error) {
    if (error instanceof IssueError) return error;
    throw error;
  }
}

/** Types and names of what the network returns for inputs of these shapes. */
export function networkOutputs(
  model: NetworkModel,
  shapes: Shapes,
): { readonly types: readonly TensorType[]; readonly names: readonly string[] } {
  const network = readable(model, shapes);
  return network === null
    ? declaredOutputs(model, shapes)
    : { types: network.program.outputs, names: network.outputNames };
}

/** What to run the network from: a program, to be written in the forms that backends run best, or else its file. */
export function networkSource(model: NetworkModel, shapes: Shapes): Network | Uint8Array {
  return readable(model, shapes) ?? model.bytes;
}

/** The program, or null for a network of operators without a row: it runs as it is, only without gradients. */
function readable(model: NetworkModel, shapes: Shapes): Network | null {
  try {
    return networkProgram(model, shapes);
  } catch (error) {
    const unsupported =
      error instanceof IssueError &&
      error.issues.every(({ code }) => code === "model.unsupported-operator");
    if (unsupported) return null;
    throw error;
  }
}

/** Output types as the file declares them, its symbols bound by the inputs' shapes. */
function declaredOutputs(model: NetworkModel, shapes: Shapes) {
  const { inputs, outputs } = modelSignature(openNetwork(model));
  const sizes = new Map<string, number>();
  for (const { name, dims } of inputs)
    dims.forEach((dim, i) => {
      const size = shapes[name]?.[i];
      if (typeof dim === "string" && size !== undefined) sizes.set(dim, size);
    });
  const types = outputs.map(({ name, dtype, dims }): TensorType => ({
    dtype: knownDType(dtype, name),
    shape: dims.map((dim) => (typeof dim === "number" ? dim : sizeOfSymbol(sizes, dim, name))),
  }));
  return { types, names: outputs.map(({ name }) => name) };
}

function sizeOfSymbol(sizes: ReadonlyMap<string, number>, symbol: string, output: string): number {
  const size = sizes.get(symbol);
  if (size !== undefined) return size;
  throw new RangeError(
    `the network's output ${output} has an axis ${symbol} whose size its inputs do not tell`,
  );
}

function knownDType(dtype: string, output: string): DType {
  if (Object.hasOwn(bytesPerElement, dtype)) return dtype as DType;
  throw new RangeError(
    `the network's output ${output} is of type ${dtype}, which is not read here`,
  );
}
