import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  ModelProtoSchema,
  StringStringEntryProtoSchema,
  TensorProto_DataLocation,
  TensorProtoSchema,
} from "onnx-buf";
import type { Equation, Value } from "../ir/primitives.ts";
import type { Program } from "../ir/program.ts";
import { dtypeCodes } from "../onnx/proto/dtype-codes.ts";
import { writeModel } from "../onnx/write-model.ts";
import type { ModelProgram } from "./backend.ts";
import { byteLengthOf, sliced, strided, transposed, type Strided } from "./strided.ts";

/** A model whose large weights lie in another file. */
export interface ModelApart {
  /** The .onnx file, which names the other. */
  readonly model: Uint8Array;
  /** What the other file holds, in order; its bytes in between do not matter. */
  readonly weights: readonly PlacedWeight[];
}

export interface PlacedWeight {
  /** Bytes from the file's beginning. */
  readonly offset: number;
  readonly elements: Strided;
}

/** Smaller constants stay in the .onnx file: onnxruntime needs the values of some while it loads it. */
const smallestApart = 2 ** 16;
/** A weight begins at a multiple of this many bytes. */
const alignment = 64;

/**
 * The model with its large constants apart, in a file of the name `location` beside it. Constants that are
 * only turned round or transposed before they are used (the weights of a convolution's gradient) are
 * written so, so that onnxruntime does not hold the same weight in several orders while it loads.
 */
export function weightsApart(source: ModelProgram, location: string): ModelApart {
  const { program, weights } = takeWeights(source.program);
  const prefix = freshPrefix([...source.inputNames, ...source.outputNames]);
  const names = weights.map((_, i) => `${prefix}${i}`);
  const inputs = [...program.inputs, ...weights.map(({ value }) => value)];
  const written = writeModel(
    { ...program, inputs },
    { inputNames: [...source.inputNames, ...names], outputNames: source.outputNames },
  );
  const proto = fromBinary(ModelProtoSchema, written);
  const placed: PlacedWeight[] = [];
  let offset = 0;
  weights.forEach(({ elements }, i) => {
    placed.push({ offset, elements });
    proto.graph?.initializer.push(externalTensor(names[i] ?? "", placed.at(-1), location));
    offset += Math.ceil(byteLengthOf(elements) / alignment) * alignment;
  });
  // A weight that stayed an input could be fed, and would be no constant.
  proto.graph?.input.splice(program.inputs.length);
  return { model: toBinary(ModelProtoSchema, proto), weights: placed };
}

interface Weight {
  readonly value: Value;
  readonly elements: Strided;
}

/** The program without its large constants and what only reorders them; the values that stand for the results. */
function takeWeights(program: Program): {
  readonly program: Program;
  readonly weights: readonly Weight[];
} {
  const large = new Map<Value, Strided>();
  for (const [value, data] of program.constants)
    if (data.data.byteLength >= smallestApart) large.set(value, strided(data));
  const constants = new Map([...program.constants].filter(([value]) => !large.has(value)));
  const equations: Equation[] = [];
  const used = new Set<Value>();
  const use = (value: Value | null) => {
    if (value !== null && large.has(value)) used.add(value);
  };
  for (const equation of program.equations) {
    const [output] = equation.outputs;
    const reordered = reorder(equation, large);
    if (reordered !== null && output !== undefined) large.set(output, reordered);
    else {
      equations.push(equation);
      equation.inputs.forEach(use);
    }
  }
  program.outputs.forEach(use);
  const weights = [...used].flatMap((value) => {
    const elements = large.get(value);
    return elements === undefined ? [] : [{ value, elements }];
  });
  return { program: { ...program, constants, equations }, weights };
}

/** What an equation makes of a large constant where it only reorders it, else null. */
function reorder(equation: Equation, large: ReadonlyMap<Value, Strided>): Strided | null {
  if (equation.op !== "Slice" && equation.op !== "Transpose") return null;
  const x = large.get(equation.inputs[0]);
  if (x === undefined) return null;
  if (equation.op === "Transpose") return transposed(x, equation.params);
  return sliced(x, equation.params, equation.outputs[0]?.shape ?? []);
}

function externalTensor(name: string, weight: PlacedWeight | undefined, location: string) {
  if (weight === undefined) throw new Error("internal: a weight has no place");
  const { offset, elements } = weight;
  const entries = { location, offset, length: byteLengthOf(elements) };
  return create(TensorProtoSchema, {
    name,
    dims: elements.shape.map(BigInt),
    dataType: dtypeCodes[elements.tensor.dtype],
    dataLocation: TensorProto_DataLocation.EXTERNAL,
    externalData: Object.entries(entries).map(([key, value]) =>
      create(StringStringEntryProtoSchema, { key, value: `${value}` }),
    ),
  });
}

/** Letters with which none of the names begins. */
function freshPrefix(names: readonly string[]): string {
  let prefix = "w";
  while (names.some((name) => name.startsWith(prefix))) prefix += "w";
  return prefix;
}
