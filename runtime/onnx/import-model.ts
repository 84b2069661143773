import type { GraphProto, ModelProto } from "onnx-buf";
import { IssueError, issueError } from "../base/issue.ts";
import type { Value } from "../ir/primitives.ts";
import type { Program } from "../ir/program.ts";
import { formatShape, sizeOf, type Shape } from "../tensor/tensor.ts";
import { createRecorder } from "../trace/recorder.ts";
import { bindInputs, declaredTensor, fedInputs, type BoundInput } from "./bind-inputs.ts";
import type { OnnxModel } from "./model.ts";
import { known, traced, type Entry, type Operand } from "./operand.ts";
import { tensorOf } from "./proto/numbers.ts";
import { checkSize } from "./proto/size.ts";
import { walkGraph } from "./walk-graph.ts";
import { isStandard } from "./read/table.ts";
import { createOperandWriter } from "./write-operands.ts";

export interface ImportedModel {
  readonly program: Program;
  /** Names of the program's inputs, in order. */
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
}

export interface ImportOptions {
  /** Shapes of the model's inputs; those that the file states in full may be left out. */
  readonly shapes?: Readonly<Record<string, Shape>>;
  /** Contents of integer inputs that are to be constants; they are no inputs of the program. */
  readonly ints?: Readonly<Record<string, readonly number[]>>;
}

const oldestOpset = 7;
const newestOpset = 24;

/**
 * The model as a program of the instruction set with static shapes: shape arithmetic is computed,
 * branches on constants are taken, functions are written out, weights stay in their element type.
 *
 * @throws IssueError with every `model.unsupported-operator` found, `model.input`, `model.shape`,
 * `model.too-large`, `model.too-nested`, `model.opset` or `model.unreadable`.
 */
export function importModel(model: OnnxModel, options: ImportOptions = {}): ImportedModel {
  const { proto } = model;
  const graph = proto.graph ?? unreachableGraph();
  const opsets = opsetsOf(proto);
  const recorder = createRecorder();
  const writer = createOperandWriter(recorder);
  const bound = bindInputs(fedInputs(graph).map(declaredTensor), shapesOf(options));
  const inputs = bound.map((input) => ({
    ...input,
    operand: inputOperand(input, options, recorder.input),
  }));
  const named = new Map<string, Operand>(inputs.map(({ name, operand }) => [name, operand]));
  const frame = {
    lookup: (name: string) => named.get(name),
    opsets,
    attributes: new Map(),
    prefix: "",
    depth: 0,
  };
  const { outputs, issues } = walkGraph(graph, frame, {
    recorder,
    writer,
    weights: model,
    functions: proto.functions,
  });
  if (issues.length > 0) throw new IssueError(issues);
  return {
    program: recorder.finish(tensorsOf(graph, outputs).map(writer.valueOf)),
    inputNames: inputs.filter(({ operand }) => operand.data === null).map(({ name }) => name),
    outputNames: graph.output.map(({ name }) => name),
  };
}

function tensorsOf({ output }: GraphProto, results: readonly (Entry | null)[]): readonly Operand[] {
  return results
    .filter((result) => result !== null)
    .map((result, i) => {
      if (!("items" in result)) return result;
      const name = output[i]?.name ?? "";
      throw issueError(
        "model.unsupported-operator",
        `The model's output "${name}" is a list of tensors, which programs cannot give.`,
        { node: name, port: name },
        { fix: "Export the model with tensor outputs." },
      );
    });
}

function shapesOf({ shapes = {}, ints = {} }: ImportOptions): Readonly<Record<string, Shape>> {
  const single = Object.entries(ints)
    .filter(([name]) => !(name in shapes))
    .map(([name, { length }]) => [name, [length]]);
  return { ...Object.fromEntries(single), ...shapes };
}

function inputOperand(
  { name, dtype, shape }: BoundInput,
  { ints = {} }: ImportOptions,
  newInput: (type: BoundInput) => Value,
): Operand {
  checkSize(shape, `The input "${name}"`, name);
  const values = ints[name];
  if (values === undefined) return traced(newInput({ name, dtype, shape }));
  if (values.length === sizeOf(shape)) return known(tensorOf(dtype, shape, values));
  throw issueError(
    "model.input",
    `The model's input "${name}" has shape ${formatShape(shape)}, got ${values.length} values.`,
    { node: name, port: name },
  );
}

/** Operator set version by domain. */
function opsetsOf({ opsetImport }: ModelProto): ReadonlyMap<string, number> {
  const opsets = new Map(
    opsetImport.map(({ domain, version }) => [isStandard(domain) ? "" : domain, Number(version)]),
  );
  const version = opsets.get("") ?? 0;
  if (version >= oldestOpset && version <= newestOpset) return opsets;
  throw issueError(
    "model.opset",
    `The model follows version ${version} of the ONNX operators.`,
    {},
    {
      expected: `${oldestOpset} to ${newestOpset}`,
      got: `${version}`,
      fix: "Export the model with opset 17.",
    },
  );
}

function unreachableGraph(): never {
  throw new Error("internal: a model that was read has no graph");
}
