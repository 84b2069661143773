import type { TensorData } from "../../../runtime/tensor/tensor.ts";
import type { FrameTrack } from "../../run/run-store.ts";
import { floatsOf } from "../data/floats.ts";
import { statsOf } from "../data/stats.ts";
import { envelopeOf } from "../draw/waveform.ts";
import { palette } from "./palette.ts";

/** A sequence's first line, or how the mean went from frame to frame. */
export function lineOf(frame: TensorData, track: FrameTrack | null): Float32Array {
  const values = floatsOf(frame);
  const length = frame.shape.at(-1) ?? 1;
  if (frame.shape.length >= 2 && length > 3) return values.subarray(0, length);
  return Float32Array.from(track?.frames ?? [], ({ summary }) => summary.mean);
}

/** Draws a line as the reach of each column, joined to the one before. */
export function drawLine(context: CanvasRenderingContext2D, values: Float32Array): void {
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
