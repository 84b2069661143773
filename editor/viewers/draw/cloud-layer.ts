import type { Points } from "../data/points.ts";
import type { Rgb } from "../colour/oklab.ts";
import type { Extent } from "./axes.ts";
import type { Plot } from "./paint-axes.ts";
import { splat, tint, type AxisPair, type Unseen } from "./splat.ts";

export interface Cloud {
  readonly points: Points;
  readonly axes: AxisPair;
  readonly colour: Rgb;
  /** In CSS pixels. */
  readonly radius: number;
  readonly opacity: number;
}

/** Draws one cloud after another in the same memory. */
export interface CloudLayer {
  paint(
    context: CanvasRenderingContext2D,
    place: { readonly plot: Plot; readonly extent: Extent; readonly ratio: number },
    cloud: Cloud,
  ): Unseen;
}

export function createCloudLayer(): CloudLayer {
  const canvas = document.createElement("canvas");
  const own = canvas.getContext("2d");
  let coverage = new Float32Array();
  let image: ImageData | null = null;
  return {
    paint(context, { plot, extent, ratio }, { points, axes, colour, radius, opacity }) {
      const width = Math.max(1, Math.round(plot.width * ratio));
      const height = Math.max(1, Math.round(plot.height * ratio));
      if (image?.width !== width || image.height !== height) {
        image = new ImageData(width, height);
        coverage = new Float32Array(width * height);
        canvas.width = width;
        canvas.height = height;
      }
      const request = { points, axes, extent, width, height, radius: radius * ratio, opacity };
      const unseen = splat(request, coverage);
      tint(coverage, colour, image.data);
      own?.putImageData(image, 0, 0);
      context.drawImage(canvas, plot.left, plot.top, plot.width, plot.height);
      return unseen;
    },
  };
}

/** The opacity at which a cloud of so many points shows its dense parts without hiding its thin ones. */
export const opacityFor = (count: number): number =>
  Math.min(0.9, Math.max(0.12, 12 / Math.sqrt(count)));

export const radiusFor = (count: number): number => (count > 4000 ? 1.3 : count > 600 ? 1.8 : 2.6);
