import type { PortType } from "../../../runtime/graph/ports.ts";
import type { TensorData } from "../../../runtime/tensor/tensor.ts";
import type { FrameTrack } from "../../run/run-store.ts";
import { colourMap } from "../colour/colour-map.ts";
import { floatsOf } from "../data/floats.ts";
import type { ImageLayout } from "../data/layout.ts";
import { pointsOf } from "../data/points.ts";
import { statsOf } from "../data/stats.ts";
import { intervalOfRun, padded, withEqualUnits } from "../draw/axes.ts";
import { createCloudLayer, opacityFor, radiusFor, type CloudLayer } from "../draw/cloud-layer.ts";
import { pictureOf, type Picture } from "../draw/picture.ts";
import { shrink } from "../draw/shrink.ts";
import { defaultRange, rangeOf, signedRange } from "../draw/value-range.ts";
import { imageOf } from "../kinds/image-layout.ts";
import { viewersFor } from "../viewers-for.ts";
import { bytesOf, palette } from "./palette.ts";
import { createRaster } from "./raster.ts";
import { drawLine, lineOf } from "./sparkline.ts";

/** Draws frames small, in memory that it keeps. */
export interface Thumbnail {
  draw(frame: TensorData, type: PortType | null, track: FrameTrack | null): void;
}

/** The most samples of a batch that are worth a thumbnail's pixels. */
const mostSamples = 16;

export function createThumbnail(canvas: HTMLCanvasElement): Thumbnail {
  const context = canvas.getContext("2d");
  const [raster, layer] = [createRaster(), createCloudLayer()];
  const room = { width: canvas.width, height: canvas.height };
  let scratch: Float32Array | undefined;
  let picture: Picture | null = null;
  const image = (frame: TensorData, type: PortType | null, isSigned: boolean): void => {
    const whole = imageOf(frame.shape);
    const layout: ImageLayout = { ...whole, batch: Math.min(whole.batch, mostSamples) };
    const across = Math.ceil(Math.sqrt(layout.batch));
    const small = shrink(
      floatsOf(frame),
      layout,
      [room.width / across, room.height / across],
      scratch,
    );
    if (small.values !== frame.data) scratch = small.values;
    const range = isSigned ? signedRange(statsOf(small.values)) : pictureRange(type, small.values);
    if (picture === null || !isSame(picture.layout, small.layout))
      picture = pictureOf(
        small.layout,
        null,
        room.width / room.height,
        small.layout.channels === 3 && !isSigned,
      );
    const shown = picture;
    raster.paint(
      shown,
      small.values,
      { range, map: colourMap(isSigned ? "diverging" : "grey") },
      () => {
        const scale = Math.min(room.width / shown.width, room.height / shown.height);
        const [w, h] = [shown.width * scale, shown.height * scale];
        if (context === null) return;
        context.clearRect(0, 0, room.width, room.height);
        context.imageSmoothingEnabled = false;
        context.drawImage(raster.canvas, (room.width - w) / 2, (room.height - h) / 2, w, h);
      },
    );
  };
  return {
    draw(frame, type, track) {
      const viewer = viewersFor(type, frame.shape)[0];
      if (viewer === "scatter") drawCloud(context, layer, frame, track);
      else if (
        viewer === "image" ||
        viewer === "signed" ||
        viewer === "complex" ||
        frame.shape.length === 4
      )
        image(frame, type, viewer !== "image");
      else if (context !== null) drawLine(context, lineOf(frame, track));
    },
  };
}

const isSame = (a: ImageLayout, b: ImageLayout): boolean =>
  a.batch === b.batch && a.channels === b.channels && a.width === b.width && a.height === b.height;

function pictureRange(type: PortType | null, values: Float32Array): readonly [number, number] {
  const name = defaultRange(type);
  return rangeOf(name, name === "auto" ? statsOf(values) : { min: 0, max: 0 });
}

/** Points on the axes of the run. */
function drawCloud(
  context: CanvasRenderingContext2D | null,
  layer: CloudLayer,
  frame: TensorData,
  track: FrameTrack | null,
): void {
  if (context === null) return;
  const { width, height } = context.canvas;
  const along = padded(intervalOfRun(track?.frames ?? []) ?? [-1, 1]);
  const plot = { left: 0, top: 0, width, height };
  const points = pointsOf(frame);
  const cloud = {
    points,
    axes: [0, Math.min(1, points.dims - 1)],
    colour: bytesOf(palette()["space-signal"]),
    radius: radiusFor(points.count),
    opacity: opacityFor(points.count),
  } as const;
  context.clearRect(0, 0, width, height);
  const extent = withEqualUnits({ x: along, y: along }, width, height);
  layer.paint(context, { plot, extent, ratio: 1 }, cloud);
}
