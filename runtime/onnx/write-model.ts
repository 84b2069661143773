import { create } from "@bufbuild/protobuf";
import { GraphProtoSchema, ModelProtoSchema, NodeProtoSchema, type NodeProto } from "onnx-buf";
import type { Value } from "../ir/primitives.ts";
import type { Program } from "../ir/program.ts";
import { createInitialisers, type Initialisers } from "./write/initialisers.ts";
import { joinModel } from "./write/join.ts";
import { createNames, type Names } from "./write/names.ts";
import { spellNode } from "./write/spell-node.ts";
import { tensorInfo } from "./write/tensor-info.ts";

export interface WriteOptions {
  /** One name an input of the program, in order. */
  readonly inputNames: readonly string[];
  /** One name an output of the program, in order. */
  readonly outputNames: readonly string[];
  readonly name?: string;
  readonly doc?: string;
  /** Nodes are named by their equation's origin; by default they are numbered, and origins do not change the bytes. */
  readonly origins?: boolean;
}

/** Version of the ONNX operators, and of the file format, that is written. */
const opset = 21n;
const irVersion = 10n;

/**
 * The bytes of an .onnx file. Programs of the same structure and constants give the same bytes.
 * Weights are copied once, into the result.
 *
 * @throws RangeError for names that do not fit the program; IssueError `model.too-large` above 2 GiB.
 */
export function writeModel(program: Program, options: WriteOptions): Uint8Array {
  const { inputNames, outputNames, name = "denoodle", doc } = options;
  checkNames("input", inputNames, program.inputs.length);
  checkNames("output", outputNames, program.outputs.length);
  checkClashes(program, options);
  const names = createNames(program, inputNames, outputNames);
  const initialisers = createInitialisers(() => names.fresh("c"));
  const node = nodesOf(program, options, names, initialisers);
  const model = create(ModelProtoSchema, {
    irVersion,
    opsetImport: [{ domain: "", version: opset }],
    producerName: "denoodle",
    ...(doc === undefined ? {} : { docString: doc }),
  });
  const graph = create(GraphProtoSchema, {
    name,
    node,
    input: program.inputs.map((value, i) => tensorInfo(inputNames[i] ?? "", value)),
    output: program.outputs.map((value, i) => tensorInfo(outputNames[i] ?? "", value)),
  });
  return joinModel(model, graph, initialisers.all);
}

function nodesOf(
  program: Program,
  { outputNames, origins = false }: WriteOptions,
  names: Names,
  initialisers: Initialisers,
): NodeProto[] {
  const nameOf = (value: Value | null) => {
    if (value === null) return "";
    const data = names.has(value) ? undefined : program.constants.get(value);
    return data === undefined ? names.of(value) : initialisers.nameOf(data);
  };
  const nodes = program.equations.map((equation, i) =>
    spellNode(equation, {
      inputs: equation.inputs.map(nameOf),
      outputs: equation.outputs.map(names.give),
      constant: initialisers.nameOf,
      node: (origins ? equation.origin : undefined) ?? `${equation.op}_${i}`,
    }),
  );
  // An output that is an input, a constant or another output too gets its name by a copy.
  const copies = program.outputs.flatMap((value, i) => {
    const output = outputNames[i] ?? "";
    const input = nameOf(value);
    return input === output
      ? []
      : [
          create(NodeProtoSchema, {
            name: `copy_${i}`,
            opType: "Identity",
            input: [input],
            output: [output],
          }),
        ];
  });
  return [...nodes, ...copies];
}

function checkNames(kind: string, names: readonly string[], count: number): void {
  if (names.length !== count)
    throw new RangeError(`writeModel: ${names.length} ${kind} names for ${count} ${kind}s`);
  if (new Set(names).size !== count || names.includes(""))
    throw new RangeError(
      `writeModel: ${kind} names must be different and not empty, got ${names.join(", ")}`,
    );
}

/** An output may have an input's name only where it is that input. */
function checkClashes(
  { inputs, outputs }: Program,
  { inputNames, outputNames }: WriteOptions,
): void {
  const clash = outputNames.find(
    (name, i) => inputNames.includes(name) && inputs[inputNames.indexOf(name)] !== outputs[i],
  );
  if (clash !== undefined)
    throw new RangeError(
      `writeModel: input and output names must be different, got "${clash}" for both`,
    );
}
