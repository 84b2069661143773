import { create } from "@bufbuild/protobuf";
import { NodeProtoSchema, type NodeProto } from "onnx-buf";
import type { Equation } from "../../ir/primitives.ts";
import { onnxFormOf } from "../../rules/table.ts";
import type { TensorData } from "../../tensor/tensor.ts";
import { attributeProto } from "./attribute.ts";

interface NodeNames {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly constant: (tensor: TensorData) => string;
  readonly node: string;
}

/** One equation as an ONNX node; inputs left out have the name "". */
export function spellNode(equation: Equation, names: NodeNames): NodeProto {
  const { attributes = {}, extraInputs = {} } = onnxFormOf(equation);
  const input = placeInputs(names.inputs, extraInputs, names.constant);
  return create(NodeProtoSchema, {
    name: names.node,
    opType: equation.op,
    input,
    output: [...names.outputs],
    attribute: Object.entries(attributes).map(([name, value]) => attributeProto(name, value)),
  });
}

/** Constants stand at their index, data inputs fill the other places in order. */
function placeInputs(
  data: readonly string[],
  extra: Readonly<Record<number, TensorData>>,
  constant: (tensor: TensorData) => string,
): string[] {
  const places: string[] = [];
  for (const [index, tensor] of Object.entries(extra)) places[Number(index)] = constant(tensor);
  const rest = [...data];
  for (let index = 0; rest.length > 0; index += 1) places[index] ??= rest.shift() ?? "";
  const input = Array.from(places, (name) => name ?? "");
  while (input.at(-1) === "") input.pop();
  return input;
}
