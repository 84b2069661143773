import type { FrameTrack } from "../../../../editor/run/run-store.ts";
import { statsOf } from "../../../../editor/viewers/data/stats.ts";
import { float32, sizeOf, type Shape, type TensorData } from "../../../../runtime/tensor/tensor.ts";

const tensor = (shape: Shape, value: (i: number) => number): TensorData =>
  float32(
    Float32Array.from({ length: sizeOf(shape) }, (_, i) => value(i)),
    shape,
  );

/** A ring that grows with `k`; each channel a little beside the one before. */
const rings = (shape: readonly [number, number, number, number], k: number): TensorData => {
  const [, , height, width] = shape;
  return tensor(shape, (i) => {
    const [x, y] = [i % width, Math.floor(i / width) % height];
    const channel = Math.floor(i / width / height);
    return Math.cos(Math.hypot(x - width / 2 + channel, y - height / 2) / (2 + k));
  });
};

/** Three rows that are no numbers, and one value beyond all of them. */
const broken = tensor([1, 1, 32, 32], (i) => {
  if (i < 96) return NaN;
  return i === 500 ? Infinity : Math.cos(i / 40);
});

/** Frames of a run that has been, one kind of tensor a wire. */
export const frames: Readonly<Record<string, readonly TensorData[]>> = {
  "anneal/denoise.x0": [0, 1, 2].map((k) => tensor([1, 3, 32, 32], () => k - 1)),
  "batch.x": [rings([4, 1, 28, 28], 1)],
  "pair.x": [rings([1, 2, 32, 32], 1)],
  "broken.x": [broken],
  "points.x": [0, 1].map((k) => tensor([300, 2], (i) => (3 - k) * Math.sin(i * i))),
  "music.x": [tensor([1, 2, 8192], (i) => Math.sin(i * (0.05 + i / 2e5)))],
  "norm.x": Array.from({ length: 12 }, (_, k) => tensor([1], () => 10 * Math.exp(-k / 4))),
};

export const tracks: Readonly<Record<string, FrameTrack>> = Object.fromEntries(
  Object.entries(frames).map(([wire, all]) => [wire, { wire, frames: all.map(summaryOf) }]),
);

function summaryOf({ shape, data }: TensorData, k: number): FrameTrack["frames"][number] {
  const { min, max, mean, std, nan, infinite } = statsOf(Float32Array.from(data, Number));
  const summary = { shape, min, max, mean, std, norm: 0, notFinite: nan + infinite };
  return { iteration: [k], summary };
}
