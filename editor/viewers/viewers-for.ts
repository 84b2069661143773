import type { PortType, TensorPort } from "../../runtime/graph/ports.ts";
import { sizeOf, type Shape } from "../../runtime/tensor/tensor.ts";
import {
  layoutOf,
  type ImageLayout,
  type PointsLayout,
  type SequenceLayout,
} from "./data/layout.ts";

/** The ways to look at a tensor. */
export type ViewerName =
  | "image"
  | "signed"
  | "complex"
  | "scatter"
  | "histogram"
  | "spectrum"
  | "curve"
  | "audio"
  | "numbers";

/** Tensors of at most this many values are read as a table first. */
const fewValues = 16;

/** The viewers that make sense for a tensor, the best first; `type` is null where it cannot be told. */
export function viewersFor(type: PortType | null, shape: Shape): readonly ViewerName[] {
  const layout = layoutOf(shape);
  const tags = type?.kind === "tensor" ? type : null;
  const size = sizeOf(shape);
  if (size === 0) return ["numbers"];
  if (layout.kind === "points") return ofPoints(layout);
  const views = layout.kind === "image" ? ofImage(tags, layout) : ofSequence(tags, layout);
  if (size / layout.batch <= fewValues && size <= 4 * fewValues)
    return ["numbers", ...views.filter((view) => view !== "numbers" && view !== "spectrum")];
  return views;
}

function ofPoints({ batch, dims }: PointsLayout): readonly ViewerName[] {
  if (dims === 1)
    return batch > fewValues ? ["histogram", "curve", "numbers"] : ["curve", "numbers"];
  if (batch >= 8 || dims <= 3) return ["scatter", "histogram", "curve", "numbers"];
  return ["curve", "histogram", "numbers"];
}

function ofImage(
  tags: TensorPort | null,
  { channels, width, height }: ImageLayout,
): readonly ViewerName[] {
  const first = ((): readonly ViewerName[] => {
    if (isComplex(tags, channels)) return ["complex", "signed", "image"];
    return isSigned(tags) ? ["signed", "image"] : ["image", "signed"];
  })();
  const spectrum: readonly ViewerName[] = Math.min(width, height) >= 8 ? ["spectrum"] : [];
  return [...first, "histogram", ...spectrum, "curve", "numbers"];
}

function ofSequence(
  tags: TensorPort | null,
  { channels, length }: SequenceLayout,
): readonly ViewerName[] {
  const sound: readonly ViewerName[] = length >= 1024 ? ["audio"] : [];
  const complex: readonly ViewerName[] = isComplex(tags, channels) ? ["complex"] : [];
  const spectrum: readonly ViewerName[] = length >= 16 ? ["spectrum"] : [];
  return [...complex, ...sound, "curve", ...spectrum, "histogram", "numbers"];
}

/** Complex tensors are pairs of channels, real part and imaginary part. */
const isComplex = (tags: TensorPort | null, channels: number): boolean =>
  channels % 2 === 0 &&
  (tags?.field === "complex" ||
    (tags?.space === "spectral" && tags.field !== "real" && channels === 2));

/** Values around zero rather than a picture. */
const isSigned = (tags: TensorPort | null): boolean =>
  tags !== null &&
  (tags.space === "spectral" || (tags.estimates !== "unknown" && tags.estimates !== "x0"));
