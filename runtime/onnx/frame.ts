import type { AttributeProto, GraphProto, NodeProto } from "onnx-buf";
import type { TensorData } from "../tensor/tensor.ts";
import type { WeightSource } from "./model.ts";
import type { Attributes } from "./node-reader.ts";
import { known, type Entry, type Operand } from "./operand.ts";
import { decodeSparse, decodeTensor } from "./proto/decode-tensor.ts";

/** Operands and sequences by name; undefined: nothing has that name, null: what writes it could not be read. */
export type Lookup = (name: string) => Entry | null | undefined;

/** What a node may refer to from where it stands. */
export interface Frame {
  readonly lookup: Lookup;
  /** Operator set version by domain; the standard domain is "". */
  readonly opsets: ReadonlyMap<string, number>;
  /** What attributes of a function's body may refer to. */
  readonly attributes: Attributes;
  /** Stands before the names of nodes inside functions. */
  readonly prefix: string;
  /** Bodies around this one. */
  readonly depth: number;
}

/** A lookup of a graph's own weights, each decoded when it is first read, then of `outer`. */
export function weightLookup(graph: GraphProto, weights: WeightSource, outer: Lookup): Lookup {
  const read = new Map<string, () => TensorData>([
    ...graph.initializer.map((proto) => [proto.name, () => decodeTensor(proto, weights)] as const),
    ...graph.sparseInitializer.map(
      (proto) => [proto.values?.name ?? "", () => decodeSparse(proto, weights)] as const,
    ),
  ]);
  const done = new Map<string, Operand>();
  return (name) => {
    const decode = read.get(name);
    if (decode === undefined) return outer(name);
    const operand = done.get(name) ?? known(decode());
    done.set(name, operand);
    return operand;
  };
}

/** A node's attributes by name, with those of the surrounding function put for references to them. */
export function attributesOf(node: NodeProto, frame: Frame): Attributes {
  const resolved = new Map<string, AttributeProto>();
  for (const attribute of node.attribute) {
    const { refAttrName, name } = attribute;
    const actual = refAttrName === "" ? attribute : frame.attributes.get(refAttrName);
    if (actual !== undefined) resolved.set(name, actual);
  }
  return resolved;
}

/** How issues and equations name a node: its name, or its first output's when it has none. */
export function placeOf({ name, output, opType }: NodeProto, { prefix }: Frame): string {
  return `${prefix}${name === "" ? (output.find((o) => o !== "") ?? opType) : name}`;
}
