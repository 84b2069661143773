import type { AttributeProto, GraphProto, SparseTensorProto, TensorProto } from "onnx-buf";
import { issueError } from "../base/issue.ts";
import type { TensorData } from "../tensor/tensor.ts";
import type { Entry, Operand } from "./operand.ts";
import type { OperandWriter } from "./write-operands.ts";
import { numbersOf } from "./proto/numbers.ts";

/** Attributes by name, references of function bodies already resolved. */
export type Attributes = ReadonlyMap<string, AttributeProto>;

/** One node of the model, as a reading row sees it, with the means to write what it stands for. */
export interface NodeReader extends OperandWriter {
  readonly opType: string;
  /** Version of the operator set that the node's domain follows. */
  readonly opset: number;
  readonly inputCount: number;
  readonly outputCount: number;
  /** @throws IssueError when the input is left out. */
  input(index: number): Operand;
  optional(index: number): Operand | null;
  /** The tensors of input `index`, which is a sequence. */
  items(index: number): readonly Operand[];
  /** All inputs that are not left out. */
  all(): readonly Operand[];
  /** Whether somebody reads output `index`. */
  wants(index: number): boolean;
  int(name: string, otherwise: number): number;
  float(name: string, otherwise: number): number;
  text(name: string, otherwise: string): string;
  ints(name: string): readonly number[] | null;
  floats(name: string): readonly number[] | null;
  /** A tensor attribute, a sparse one made dense. */
  tensor(name: string): TensorData | null;
  graph(name: string): GraphProto | null;
  has(name: string): boolean;
  /** Contents of an integer, boolean or float input; null when it is left out. @throws IssueError when they are not known. */
  knownNumbers(index: number): readonly number[] | null;
  /** Ends the reading of this node with a located issue. */
  refuse(why: string, fix?: string): never;
}

export interface NodeSource {
  readonly opType: string;
  readonly opset: number;
  /** How issues name the node. */
  readonly place: string;
  readonly inputs: readonly (Entry | null)[];
  readonly wanted: readonly boolean[];
  readonly attributes: Attributes;
  readonly decode: (proto: TensorProto) => TensorData;
  readonly decodeSparse: (proto: SparseTensorProto) => TensorData;
}

export function createNodeReader(source: NodeSource, writer: OperandWriter): NodeReader {
  const { inputs, wanted, attributes, opType, opset } = source;
  const refuse = refuser(source);
  const optional = (index: number) => {
    const entry = inputs[index] ?? null;
    return entry !== null && "items" in entry
      ? refuse(`its input ${index} is a list of tensors`, "Export the model again.")
      : entry;
  };
  return {
    ...writer,
    ...attributeReaders(source),
    opType,
    opset,
    optional,
    refuse,
    inputCount: inputs.length,
    outputCount: wanted.length,
    input: (index) =>
      optional(index) ?? refuse(`it lacks input ${index}`, "Export the model again."),
    items: (index) => {
      const entry = inputs[index] ?? null;
      return entry !== null && "items" in entry
        ? entry.items
        : refuse(`its input ${index} is not a list of tensors`, "Export the model again.");
    },
    all: () => inputs.map((_, index) => optional(index)).filter((input) => input !== null),
    wants: (index) => wanted[index] ?? false,
    graph: (name) => attributes.get(name)?.g ?? null,
    has: (name) => attributes.has(name),
    knownNumbers: (index) => {
      const operand = optional(index);
      if (operand === null) return null;
      const numbers = operand.data === null ? null : numbersOf(operand.data);
      return (
        numbers ??
        refuse(
          `its input ${index} is computed while the model runs, but shapes must be known beforehand`,
          "Export the model with fixed shapes, or give that input as a constant.",
        )
      );
    },
  };
}

const decoder = new TextDecoder();

function attributeReaders({ attributes, decode, decodeSparse }: NodeSource) {
  return {
    int: (name: string, otherwise: number) => {
      const attribute = attributes.get(name);
      return attribute === undefined ? otherwise : Number(attribute.i);
    },
    float: (name: string, otherwise: number) => attributes.get(name)?.f ?? otherwise,
    text: (name: string, otherwise: string) => {
      const attribute = attributes.get(name);
      return attribute === undefined ? otherwise : decoder.decode(attribute.s);
    },
    ints: (name: string) => attributes.get(name)?.ints.map(Number) ?? null,
    floats: (name: string) => attributes.get(name)?.floats ?? null,
    tensor: (name: string) => {
      const { t, sparseTensor } = attributes.get(name) ?? {};
      if (t !== undefined) return decode(t);
      return sparseTensor === undefined ? null : decodeSparse(sparseTensor);
    },
  };
}

function refuser({ opType, place }: NodeSource): (why: string, fix?: string) => never {
  return (why, fix) => {
    throw issueError(
      "model.unsupported-operator",
      `The model's node "${place}" (${opType}) cannot be read: ${why}.`,
      { node: place },
      fix === undefined ? {} : { fix },
    );
  };
}
