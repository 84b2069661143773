import { TensorProto_DataLocation, type SparseTensorProto, type TensorProto } from "onnx-buf";
import { issueError, type IssueError } from "../../base/issue.ts";
import {
  bytesPerElement,
  formatShape,
  sizeOf,
  type DType,
  type Shape,
  type TensorData,
} from "../../tensor/tensor.ts";
import type { WeightSource } from "../model.ts";
import { alignedRawData } from "./align.ts";
import { dtypeOfCode, nameOfCode } from "./dtype-codes.ts";
import { readExternalBytes } from "./external.ts";
import { checkSize } from "./size.ts";
import { tensorOf } from "./numbers.ts";
import { bytesOf, viewElements } from "./view-elements.ts";

/**
 * The tensor of an ONNX file, in its own element type; a view of the file's bytes where those are raw
 * and aligned.
 *
 * @throws IssueError `model.unreadable` when bytes and shape disagree, `model.unsupported-operator`
 * for an element type that no program may hold, `model.too-large`, `model.external`.
 */
export function decodeTensor(proto: TensorProto, weights: WeightSource): TensorData {
  const shape = shapeOf(proto);
  checkSize(shape, `The tensor ${nameOf(proto)}`, proto.name);
  const dtype = dtypeOfCode(proto.dataType);
  if (dtype === null) throw unsupportedType(proto);
  const bytes = rawBytes(proto, weights, dtype);
  return bytes === null ? fromFields(proto, dtype, shape) : viewElements(dtype, shape, bytes);
}

/** The dense tensor of a sparse one: values at their places, zero elsewhere. */
export function decodeSparse(proto: SparseTensorProto, weights: WeightSource): TensorData {
  if (proto.values === undefined || proto.indices === undefined)
    throw broken("A sparse tensor lacks its values or indices.", proto.values?.name);
  const values = decodeTensor(proto.values, weights);
  const indices = Array.from(decodeTensor(proto.indices, weights).data, Number);
  const shape = proto.dims.map(Number);
  checkSize(shape, `The sparse tensor ${nameOf(proto.values)}`, proto.values.name);
  const rank = indices.length === values.data.length ? 1 : shape.length;
  const flat = values.data.length === 0 ? [] : flatIndices(indices, rank, shape);
  return scatterBytes(values, flat, shape);
}

/** Copies element i of `values` to place `flat[i]` of a zero tensor, byte by byte. */
function scatterBytes(values: TensorData, flat: readonly number[], shape: Shape): TensorData {
  const width = bytesPerElement[values.dtype];
  const source = bytesOf(values);
  const bytes = new Uint8Array(sizeOf(shape) * width);
  flat.forEach((place, i) => {
    bytes.set(source.subarray(i * width, (i + 1) * width), place * width);
  });
  return viewElements(values.dtype, shape, bytes);
}

function flatIndices(indices: readonly number[], rank: number, shape: Shape): readonly number[] {
  if (rank === 1) return indices;
  return Array.from({ length: indices.length / rank }, (_, i) =>
    indices.slice(i * rank, (i + 1) * rank).reduce((at, d, axis) => at * (shape[axis] ?? 1) + d, 0),
  );
}

function shapeOf(proto: TensorProto): Shape {
  const shape = proto.dims.map(Number);
  if (shape.some((d) => d < 0))
    throw broken(`The tensor ${nameOf(proto)} has a negative axis.`, proto.name);
  return shape;
}

/** Raw bytes, inside or outside the file; null when the elements stand in typed fields. */
function rawBytes(proto: TensorProto, weights: WeightSource, dtype: DType): Uint8Array | null {
  const width = bytesPerElement[dtype];
  const length = sizeOf(shapeOf(proto)) * width;
  if (proto.dataLocation === TensorProto_DataLocation.EXTERNAL)
    return readExternalBytes(proto, weights.external, length);
  if (proto.rawData.length === length) return alignedRawData(proto, width, weights.owned);
  if (proto.rawData.length === 0) return null;
  throw wrongLength(proto, `${proto.rawData.length} bytes`, `${length} bytes`);
}

function fromFields(proto: TensorProto, dtype: DType, shape: Shape): TensorData {
  const field = fieldOf(proto, dtype);
  if (field.length !== sizeOf(shape))
    throw wrongLength(proto, `${field.length} elements`, `${sizeOf(shape)} elements`);
  if (dtype === "int64") return { dtype, shape, data: BigInt64Array.from(proto.int64Data) };
  // Typed fields hold the bits of half-precision elements, not their numbers.
  if (dtype === "float16") return { dtype, shape, data: Uint16Array.from(proto.int32Data) };
  return tensorOf(dtype, shape, Array.from(field, Number));
}

function fieldOf(proto: TensorProto, dtype: DType): readonly (number | bigint)[] {
  if (dtype === "float32") return proto.floatData;
  if (dtype === "float64") return proto.doubleData;
  return dtype === "int64" ? proto.int64Data : proto.int32Data;
}

function nameOf(proto: TensorProto): string {
  return proto.name === "" ? "of a Constant" : `"${proto.name}"`;
}

function wrongLength(proto: TensorProto, got: string, expected: string): IssueError {
  const shape = formatShape(proto.dims.map(Number));
  return broken(
    `The tensor ${nameOf(proto)} of shape ${shape} needs ${expected}, the file has ${got}.`,
    proto.name,
  );
}

function unsupportedType(proto: TensorProto): IssueError {
  const type = nameOfCode(proto.dataType);
  return issueError(
    "model.unsupported-operator",
    `The tensor ${nameOf(proto)} holds ${type} elements, which programs cannot hold.`,
    { node: proto.name },
    { got: type, fix: "Export the model in float32 or float16." },
  );
}

function broken(message: string, node = ""): IssueError {
  return issueError("model.unreadable", message, node === "" ? {} : { node }, {
    fix: "Export the model again.",
  });
}
