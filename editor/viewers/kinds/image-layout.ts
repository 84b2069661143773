import { layoutOf, type ImageLayout } from "../data/layout.ts";

/** Any tensor as images; a sequence is one row a channel, points one row a sample. */
export function imageOf(shape: readonly number[]): ImageLayout {
  const layout = layoutOf(shape);
  if (layout.kind === "image") return layout;
  if (layout.kind === "points")
    return { kind: "image", batch: 1, channels: 1, height: layout.batch, width: layout.dims };
  return {
    kind: "image",
    batch: layout.batch,
    channels: 1,
    height: layout.channels,
    width: layout.length,
  };
}
