import type { GraphProto, TensorProto } from "onnx-buf";
import type { OnnxModel } from "./model.ts";
import { declaredTensor, fedInputs, type DeclaredTensor } from "./bind-inputs.ts";
import { dtypeOfCode } from "./proto/dtype-codes.ts";
import { isStandard } from "./read/table.ts";

export interface ModelSignature {
  readonly inputs: readonly SignatureTensor[];
  readonly outputs: readonly SignatureTensor[];
  /** Version of the standard operator set. */
  readonly opset: number;
  readonly producer: string;
  /** Floating-point numbers among the weights. */
  readonly parameters: number;
}

export interface SignatureTensor {
  readonly name: string;
  /** Element type; where no program may hold it, ONNX's own word for it. */
  readonly dtype: string;
  /** Length or name of every axis; an axis without either is `?` and its number; empty also where the file states no rank. */
  readonly dims: readonly (number | string)[];
}

/** What a model takes and gives, without reading its weights. */
export function modelSignature({ proto }: OnnxModel): ModelSignature {
  const { graph } = proto;
  return {
    inputs: graph === undefined ? [] : fedInputs(graph).map(declaredTensor).map(described),
    outputs: graph === undefined ? [] : graph.output.map(declaredTensor).map(described),
    opset: Number(proto.opsetImport.find(({ domain }) => isStandard(domain))?.version ?? 0n),
    producer: [proto.producerName, proto.producerVersion].filter((part) => part !== "").join(" "),
    parameters: graph === undefined ? 0 : countParameters(graph),
  };
}

function described({ name, dtype, dims, typeName }: DeclaredTensor): SignatureTensor {
  return { name, dtype: dtype ?? typeName, dims: dims ?? [] };
}

function countParameters({ initializer, node }: GraphProto): number {
  const constants = node
    .filter(({ opType }) => opType === "Constant")
    .flatMap(({ attribute }) => attribute.flatMap(({ t }) => (t === undefined ? [] : [t])));
  return [...initializer, ...constants]
    .filter(isFloat)
    .reduce((sum, { dims }) => sum + dims.reduce((size, d) => size * Number(d), 1), 0);
}

function isFloat({ dataType }: TensorProto): boolean {
  return dtypeOfCode(dataType)?.startsWith("float") ?? false;
}
