import type { Params } from "../ir/primitives.ts";
import { sizeOf, type Shape, type TensorData } from "../tensor/tensor.ts";

/** A tensor's elements in another order: element [i, j, …] is `data[offset + i·strides[0] + j·strides[1] + …]`. */
export interface Strided {
  readonly tensor: TensorData;
  readonly shape: Shape;
  readonly strides: readonly number[];
  readonly offset: number;
}

/** The tensor as it is. */
export function strided(tensor: TensorData): Strided {
  return { tensor, shape: tensor.shape, strides: denseStrides(tensor.shape), offset: 0 };
}

/** What Slice makes of it; `shape` is that of the result. */
export function sliced(x: Strided, { starts, steps }: Params<"Slice">, shape: Shape): Strided {
  return {
    tensor: x.tensor,
    shape,
    strides: x.strides.map((stride, i) => stride * (steps[i] ?? 1)),
    offset: x.strides.reduce((at, stride, i) => at + stride * (starts[i] ?? 0), x.offset),
  };
}

/** What Transpose makes of it. */
export function transposed(x: Strided, { perm }: Params<"Transpose">): Strided {
  const moved = (list: readonly number[]) => perm.map((axis) => list[axis] ?? 1);
  return { ...x, shape: moved(x.shape), strides: moved(x.strides) };
}

export function byteLengthOf({ tensor, shape }: Strided): number {
  return sizeOf(shape) * tensor.data.BYTES_PER_ELEMENT;
}

/**
 * The bytes of the elements in C order: a view of the tensor where they lie so already, else a copy
 * at the beginning of `scratch`, which must have room for them.
 */
export function bytesInOrder(x: Strided, scratch: ArrayBuffer): Uint8Array {
  const { data } = x.tensor;
  const width = data.BYTES_PER_ELEMENT;
  const length = byteLengthOf(x);
  if (denseStrides(x.shape).every((stride, i) => stride === x.strides[i] || x.shape[i] === 1))
    return new Uint8Array(data.buffer, data.byteOffset + x.offset * width, length);
  const Bits = bitsOfWidth(width);
  gather(
    x,
    new Bits(data.buffer, data.byteOffset, data.length),
    new Bits(scratch, 0, length / width),
  );
  return new Uint8Array(scratch, 0, length);
}

type Bits = Uint8Array | Uint16Array | Uint32Array | BigUint64Array;

/** Elements are moved as whole numbers, so that no float changes on its way. */
function bitsOfWidth(
  width: number,
): new (buffer: ArrayBufferLike, offset: number, length: number) => Bits {
  if (width === 8) return BigUint64Array;
  if (width === 4) return Uint32Array;
  return width === 2 ? Uint16Array : Uint8Array;
}

function gather(x: Strided, from: Bits, to: Bits): void {
  const { shape, strides } = mergedAxes(x);
  const inner = shape.at(-1) ?? 1;
  const step = strides.at(-1) ?? 0;
  const index = shape.slice(0, -1).map(() => 0);
  let start = x.offset;
  for (let at = 0; at < to.length; at += inner) {
    for (let i = 0, place = start; i < inner; i += 1, place += step) to[at + i] = from[place] ?? 0;
    for (let axis = index.length - 1; axis >= 0; axis -= 1) {
      const size = shape[axis] ?? 1;
      const stride = strides[axis] ?? 0;
      const next = (index[axis] ?? 0) + 1;
      start += stride;
      index[axis] = next;
      if (next < size) break;
      start -= stride * size;
      index[axis] = 0;
    }
  }
}

/** The same order of elements in as few axes as it takes: neighbours that are one walk become one axis. */
function mergedAxes({ shape, strides }: Strided): Pick<Strided, "shape" | "strides"> {
  const merged: { size: number; stride: number }[] = [];
  shape.forEach((size, i) => {
    if (size === 1) return;
    const stride = strides[i] ?? 0;
    const outer = merged.at(-1);
    if (outer?.stride === stride * size) {
      outer.size *= size;
      outer.stride = stride;
    } else merged.push({ size, stride });
  });
  return { shape: merged.map(({ size }) => size), strides: merged.map(({ stride }) => stride) };
}

function denseStrides(shape: Shape): number[] {
  return shape.map((_, i) => sizeOf(shape.slice(i + 1)));
}
