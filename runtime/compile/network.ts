import type { NetworkModel } from "../graph/values.ts";
import type { Program } from "../ir/program.ts";
import { importModel } from "../onnx/import-model.ts";
import { readModel } from "../onnx/model.ts";
import { formatShape, type Shape, type TensorType } from "../tensor/tensor.ts";

interface Network {
  readonly program: Program;
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
}

/** Programs of networks by content and input shapes; weights stay views of the file. */
const imported = new Map<string, Network>();
const mostKept = 8;

/** A network as a program for inputs of these shapes. */
export function networkProgram(model: NetworkModel, shapes: Readonly<Record<string, Shape>>): Network {
  const sizes = Object.keys(shapes).toSorted().map((name) => `${name}${formatShape(shapes[name] ?? [])}`);
  const key = `${model.sha256} ${sizes.join(" ")}`;
  const known = imported.get(key);
  if (known !== undefined) return known;
  const network = importModel(readModel(model.bytes), { shapes });
  const [oldest] = imported.keys();
  if (imported.size >= mostKept && oldest !== undefined) imported.delete(oldest);
  imported.set(key, network);
  return network;
}

/** Types and names of what the network returns for inputs of these shapes. */
export function networkOutputs(
  model: NetworkModel,
  shapes: Readonly<Record<string, Shape>>,
): { readonly types: readonly TensorType[]; readonly names: readonly string[] } {
  const { program, outputNames } = networkProgram(model, shapes);
  return { types: program.outputs, names: outputNames };
}
