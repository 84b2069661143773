import type { PortType } from "../../../runtime/graph/ports.ts";
import type { TensorData } from "../../../runtime/tensor/tensor.ts";
import type { FrameTrack } from "../../run/run-store.ts";
import { colourMap } from "../colour/colour-map.ts";
import { floatsOf } from "../data/floats.ts";
import type { ImageLayout } from "../data/layout.ts";
import { pointsOf } from "../data/points.ts";
import { statsOf } from "../data/stats.ts";
import { intervalOfRun, padded, withEqualUnits } from "../draw/axes.ts";
import { createCloudLayer } from "../draw/cloud-layer.ts";
import { pictureOf, type Picture } from "../draw/picture.ts";
import { shrink } from "../draw/shrink.ts";
import { defaultRange, rangeOf, signedRange } from "../draw/value-range.ts";
import { envelopeOf } from "../draw/waveform.ts";
import { imageOf } from "../kinds/image-layout.ts";
import { viewersFor } from "../viewers-for.ts";
import { bytesOf, palette } from "./palette.ts";
import { createRaster } from "./raster.ts";

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
      picture = pictureOf(small.layout, null, room.width / room.height);
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
  const cloud = (frame: TensorData, track: FrameTrack | null): void => {
    const along = padded(intervalOfRun(track?.frames ?? []) ?? [-1, 1]);
    const extent = withEqualUnits({ x: along, y: along }, room.width, room.height);
    const points = pointsOf(frame);
    const colour = bytesOf(palette()["space-signal"]);
    context?.clearRect(0, 0, room.width, room.height);
    if (context !== null)
      layer.paint(
        context,
        { plot: { left: 0, top: 0, ...room }, extent, ratio: 1 },
        { points, axes: [0, Math.min(1, points.dims - 1)], colour, radius: 1.2, opacity: 0.5 },
      );
  };
  return {
    draw(frame, type, track) {
      const viewer = viewersFor(type, frame.shape)[0];
      if (viewer === "scatter") cloud(frame, track);
      else if (
        viewer === "image" ||
        viewer === "signed" ||
        viewer === "complex" ||
        frame.shape.length === 4
      )
        image(frame, type, viewer !== "image");
      else if (context !== null) line(context, lineOf(frame, track));
    },
  };
}

const isSame = (a: ImageLayout, b: ImageLayout): boolean =>
  a.batch === b.batch && a.channels === b.channels && a.width === b.width && a.height === b.height;

function pictureRange(type: PortType | null, values: Float32Array): readonly [number, number] {
  const name = defaultRange(type);
  return rangeOf(name, name === "auto" ? statsOf(values) : { min: 0, max: 0 });
}

/** A sequence's first line, or how the mean went from frame to frame. */
function lineOf(frame: TensorData, track: FrameTrack | null): Float32Array {
  const values = floatsOf(frame);
  const length = frame.shape.at(-1) ?? 1;
  if (frame.shape.length >= 2 && length > 3) return values.subarray(0, length);
  return Float32Array.from(track?.frames ?? [], ({ summary }) => summary.mean);
}

/** A line as the reach of each column, joined to the one before. */
function line(context: CanvasRenderingContext2D, values: Float32Array): void {
  const { width, height } = context.canvas;
  context.clearRect(0, 0, width, height);
  const columns = Math.min(width, values.length);
  if (columns === 0) return;
  const envelope = envelopeOf(values, 0, values.length, columns);
  const { min, max } = statsOf(envelope);
  const scale = max > min ? (height - 6) / (max - min) : 0;
  const toY = (value: number): number =>
    scale === 0 ? height / 2 : height - 3 - (value - min) * scale;
  context.strokeStyle = palette()["space-signal"];
  context.lineWidth = Math.max(1, height / 60);
  context.lineJoin = "round";
  context.beginPath();
  for (let column = 0; column < columns; column++) {
    const x = columns === 1 ? width / 2 : (column / (columns - 1)) * width;
    context.lineTo(x, toY(envelope[2 * column] ?? 0));
    context.lineTo(x, toY(envelope[2 * column + 1] ?? 0));
  }
  if (columns === 1) context.lineTo(width / 2 + 1, toY(envelope[0] ?? 0));
  context.stroke();
}
