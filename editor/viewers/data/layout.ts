import type { Shape } from "../../../runtime/tensor/tensor.ts";

/** Images [batch, channels, height, width]. */
export interface ImageLayout {
  readonly kind: "image";
  readonly batch: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** Sequences [batch, channels, length]. */
export interface SequenceLayout {
  readonly kind: "sequence";
  readonly batch: number;
  readonly channels: number;
  readonly length: number;
}

/** Points [batch, dims], also the scalars [batch] of one dim. */
export interface PointsLayout {
  readonly kind: "points";
  readonly batch: number;
  readonly dims: number;
}

export type Layout = ImageLayout | SequenceLayout | PointsLayout;

/** What the axes of a tensor mean, by its rank; axes beyond the fourth are rows of the image. */
export function layoutOf(shape: Shape): Layout {
  const [batch = 1, second = 1, third, ...rest] = shape;
  if (third === undefined) return { kind: "points", batch, dims: second };
  if (rest.length === 0) return { kind: "sequence", batch, channels: second, length: third };
  const width = rest.at(-1) ?? 1;
  const rows = rest.slice(0, -1).reduce((product, size) => product * size, third);
  return { kind: "image", batch, channels: second, height: rows, width };
}
