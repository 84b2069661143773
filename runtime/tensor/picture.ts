import { formatShape, type TensorData } from "./tensor.ts";

/** An image in memory: float32 values in C order, [channels, height, width]. */
export interface Picture {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly values: Float32Array;
}

/** Why a tensor is no picture, as the end of a sentence; else the picture, sharing the tensor's memory. */
export function asPicture({ dtype, shape, data }: TensorData): Picture | string {
  if (dtype !== "float32") return `is ${dtype}; an image is float32`;
  const [channels, height, width, ...more] =
    shape.length === 4 && shape[0] === 1 ? shape.slice(1) : shape;
  if (channels === undefined || height === undefined || width === undefined || more.length > 0)
    return `has shape ${formatShape(shape)}; an image is [C,H,W] or [1,C,H,W]`;
  if (channels * height * width === 0) return `has shape ${formatShape(shape)}, which is empty`;
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) return `holds ${data[bad]} at element ${bad}`;
  return { channels, height, width, values: data };
}

/** Values in [-1, 1] as bytes, [height, width, channels]; what lies outside is clamped. */
export function toBytes({ channels, height, width, values }: Picture): Uint8ClampedArray {
  const bytes = new Uint8ClampedArray(values.length);
  const plane = height * width;
  for (let c = 0; c < channels; c++)
    for (let p = 0; p < plane; p++)
      bytes[p * channels + c] = Math.round(((values[c * plane + p] ?? 0) + 1) * 127.5);
  return bytes;
}

/** Samples [height, width, channels] from 0 to `white` as float32 in [-1, 1], [channels, height, width]. */
export function fromSamples(
  samples: Uint8Array | Uint16Array,
  channels: number,
  white: number,
): Float32Array {
  const plane = samples.length / channels;
  const values = new Float32Array(samples.length);
  for (let c = 0; c < channels; c++)
    for (let p = 0; p < plane; p++)
      values[c * plane + p] = ((samples[p * channels + c] ?? 0) * 2) / white - 1;
  return values;
}
