import { create, toBinary, type MessageInitShape } from "@bufbuild/protobuf";
import {
  AttributeProto_AttributeType as Type,
  AttributeProtoSchema,
  FunctionProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  TensorProtoSchema,
  ValueInfoProtoSchema,
  type AttributeProto,
  type GraphProto,
  type NodeProto,
  type TensorProto,
} from "onnx-buf";
import type { DType, TensorData } from "../../runtime/tensor/tensor.ts";
import { dtypeCodes } from "../../runtime/onnx/proto/dtype-codes.ts";
import { bytesOf } from "../../runtime/onnx/proto/view-elements.ts";

/** A test model's attribute: integers as numbers, floats and graphs marked. */
export type TestAttribute =
  | number
  | string
  | readonly number[]
  | { readonly float: number }
  | { readonly floats: readonly number[] }
  | { readonly tensor: TensorData }
  | { readonly graph: TestGraph }
  | { readonly ref: string; readonly type: Type };

export interface TestNode {
  readonly op: string;
  readonly in?: readonly string[];
  readonly out: readonly string[];
  readonly at?: Readonly<Record<string, TestAttribute>>;
  readonly domain?: string;
  readonly name?: string;
}

export interface TestInput {
  readonly dtype?: DType;
  readonly dims: readonly (number | string)[];
}

export interface TestGraph {
  readonly inputs?: Readonly<Record<string, TestInput>>;
  readonly weights?: Readonly<Record<string, TensorData>>;
  readonly nodes: readonly TestNode[];
  /** Names, each float32 without a shape unless it is written `name:dtype` or `name:dtype:n,c,h`. */
  readonly outputs: readonly string[];
}

export interface TestFunction {
  readonly domain: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: readonly string[];
  readonly nodes: readonly TestNode[];
}

export interface TestModel extends TestGraph {
  readonly opset: number;
  readonly functions?: readonly TestFunction[];
  readonly domains?: Readonly<Record<string, number>>;
  /** Old exporters list weights among the inputs too. */
  readonly weightsAsInputs?: boolean;
}

/** The bytes of a small model, as an exporter of its time would write it. */
export function buildModel(model: TestModel): Uint8Array {
  const domains = Object.entries(model.domains ?? {}).map(([domain, version]) => ({
    domain,
    version: BigInt(version),
  }));
  const opsetImport = [{ domain: "", version: BigInt(model.opset) }, ...domains];
  const graph = graphProto(model);
  if (model.weightsAsInputs)
    for (const [name, { dtype, shape }] of Object.entries(model.weights ?? {}))
      graph.input.push(valueInfo(name, { dtype, dims: shape }));
  const functions = (model.functions ?? []).map(
    ({ domain, name, inputs, outputs, attributes = [], nodes }) =>
      create(FunctionProtoSchema, {
        domain,
        name,
        input: [...inputs],
        output: [...outputs],
        attribute: [...attributes],
        node: nodes.map(nodeProto),
        opsetImport,
      }),
  );
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, { irVersion: 8n, opsetImport, graph, functions }),
  );
}

function graphProto({ inputs = {}, weights = {}, nodes, outputs }: TestGraph): GraphProto {
  return create(GraphProtoSchema, {
    name: "test",
    node: nodes.map(nodeProto),
    input: Object.entries(inputs).map(([name, input]) => valueInfo(name, input)),
    initializer: Object.entries(weights).map(([name, tensor]) => tensorProto(tensor, name)),
    output: outputs.map((spec) => {
      const [name = "", dtype = "float32", dims] = spec.split(":");
      return valueInfo(name, { dtype: dtype as DType, dims: dims?.split(",") ?? null });
    }),
  });
}

function valueInfo(
  name: string,
  { dtype = "float32", dims }: { readonly dtype?: DType; readonly dims: TestInput["dims"] | null },
) {
  const dim = dims?.map((d) =>
    typeof d === "number"
      ? { value: { case: "dimValue" as const, value: BigInt(d) } }
      : { value: { case: "dimParam" as const, value: d } },
  );
  const value = { elemType: dtypeCodes[dtype], ...(dim === undefined ? {} : { shape: { dim } }) };
  return create(ValueInfoProtoSchema, { name, type: { value: { case: "tensorType", value } } });
}

export function tensorProto(tensor: TensorData, name = ""): TensorProto {
  return create(TensorProtoSchema, {
    name,
    dims: tensor.shape.map(BigInt),
    dataType: dtypeCodes[tensor.dtype],
    rawData: bytesOf(tensor).slice(),
  });
}

function nodeProto({
  op,
  in: input = [],
  out,
  at = {},
  domain = "",
  name = "",
}: TestNode): NodeProto {
  return create(NodeProtoSchema, {
    name,
    domain,
    opType: op,
    input: [...input],
    output: [...out],
    attribute: Object.entries(at).map(([name, value]) => attribute(name, value)),
  });
}

function attribute(name: string, value: TestAttribute): AttributeProto {
  const make = (fields: MessageInitShape<typeof AttributeProtoSchema>) =>
    create(AttributeProtoSchema, { ...fields, name });
  if (typeof value === "number") return make({ type: Type.INT, i: BigInt(value) });
  if (typeof value === "string")
    return make({ type: Type.STRING, s: new TextEncoder().encode(value) });
  if ("float" in value) return make({ type: Type.FLOAT, f: value.float });
  if ("floats" in value) return make({ type: Type.FLOATS, floats: [...value.floats] });
  if ("tensor" in value) return make({ type: Type.TENSOR, t: tensorProto(value.tensor) });
  if ("graph" in value) return make({ type: Type.GRAPH, g: graphProto(value.graph) });
  if ("ref" in value) return make({ type: value.type, refAttrName: value.ref });
  return make({ type: Type.INTS, ints: value.map(BigInt) });
}
