import type { ImageLayout } from "../data/layout.ts";

/** The most values averaged along one axis: enough against jagged edges, and a bound on the work. */
const mostTaps = 3;

/**
 * The images of a batch made no larger than `widest` × `tallest`, each pixel the mean of up to nine of those it stands
 * for; a NaN among them shows. `into` is used where it is long enough.
 */
export function shrink(
  values: Float32Array,
  layout: ImageLayout,
  [widest, tallest]: readonly [number, number],
  into?: Float32Array,
): { readonly values: Float32Array; readonly layout: ImageLayout } {
  const ratio = Math.max(1, layout.width / widest, layout.height / tallest);
  if (ratio === 1) return { values, layout };
  const width = Math.max(1, Math.round(layout.width / ratio));
  const height = Math.max(1, Math.round(layout.height / ratio));
  const planes = layout.batch * layout.channels;
  const size = planes * width * height;
  const small = into !== undefined && into.length >= size ? into : new Float32Array(size);
  const xs = tapsOf(layout.width, width);
  const ys = tapsOf(layout.height, height);
  for (let plane = 0; plane < planes; plane++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        small[(plane * height + y) * width + x] = meanOf(values, {
          start: plane * layout.width * layout.height,
          stride: layout.width,
          xs: xs[x] ?? [],
          ys: ys[y] ?? [],
        });
  return { values: small, layout: { ...layout, width, height } };
}

/** The source places that each of `small` target places averages. */
function tapsOf(large: number, small: number): readonly (readonly number[])[] {
  const ratio = large / small;
  const taps = Math.min(mostTaps, Math.ceil(ratio));
  return Array.from({ length: small }, (_, i) =>
    Array.from({ length: taps }, (_, k) =>
      Math.min(large - 1, Math.floor((i + (k + 0.5) / taps) * ratio)),
    ),
  );
}

interface Taps {
  readonly start: number;
  readonly stride: number;
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

function meanOf(values: Float32Array, { start, stride, xs, ys }: Taps): number {
  let sum = 0;
  for (const y of ys) for (const x of xs) sum += values[start + y * stride + x] ?? 0;
  return sum / (xs.length * ys.length);
}
