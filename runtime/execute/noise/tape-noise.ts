import { issueError, type Issue } from "../../base/issue.ts";
import {
  formatShape,
  sameShape,
  sizeOf,
  type Shape,
  type TensorData,
} from "../../tensor/tensor.ts";
import { sizeOfSample, type NoiseDraw, type NoiseSource } from "./noise-source.ts";

/**
 * Recorded noise by stream. A list holds one tensor a draw. A single tensor is one draw when its
 * shape is the draw's, leading axes of size 1 aside; else it holds one draw a row.
 */
export type Tape = Readonly<Record<string, TensorData | readonly TensorData[]>>;

/**
 * Noise from a tape, rows consumed in the order of executed draws of each stream. Streams that are
 * not on the tape come from `fallback`; with `null` drawing one is an issue.
 *
 * Issues: `tape.exhausted`, `tape.shape`, `tape.missing`, `tape.dtype` at a draw; `tape.left-over`
 * at the end.
 */
export function tapeNoise(tape: Tape, fallback: NoiseSource | null): NoiseSource {
  const streams = new Map(Object.entries(tape));
  const drawn = new Map<string, number>();
  const rowShapes = new Map<string, Shape>();
  return {
    draw(draw) {
      const recorded = streams.get(draw.stream);
      if (recorded === undefined) return drawElsewhere(draw, fallback, streams);
      const count = drawn.get(draw.stream) ?? 0;
      const row = rowOf(recorded, count, draw);
      drawn.set(draw.stream, count + 1);
      rowShapes.set(draw.stream, draw.shape);
      return row;
    },
    prefetch: (draws) => fallback?.prefetch(draws.filter(({ stream }) => !streams.has(stream))),
    position: () => ({ ...fallback?.position(), ...Object.fromEntries(drawn) }),
    seek(position) {
      drawn.clear();
      for (const [stream, count] of Object.entries(position))
        if (streams.has(stream)) drawn.set(stream, count);
      fallback?.seek(position);
    },
    finish() {
      const left = [...streams].flatMap(([stream, recorded]) => {
        const rows = rowCount(recorded, rowShapes.get(stream));
        return leftOver(stream, rows, drawn.get(stream) ?? 0);
      });
      return [...left, ...(fallback?.finish() ?? [])];
    },
  };
}

function drawElsewhere(
  draw: NoiseDraw,
  fallback: NoiseSource | null,
  streams: ReadonlyMap<string, unknown>,
): Float32Array | Promise<Float32Array> {
  if (fallback !== null) return fallback.draw(draw);
  const names = [...streams.keys()].join(", ");
  throw tapeIssue(
    "tape.missing",
    draw,
    0,
    `is not on the noise tape, which holds ${names || "nothing"}`,
  );
}

function rowOf(
  recorded: TensorData | readonly TensorData[],
  count: number,
  draw: NoiseDraw,
): Float32Array {
  const rows = rowCount(recorded, draw.shape);
  if (count >= rows)
    throw tapeIssue("tape.exhausted", draw, count, `has no row left: the noise tape holds ${rows}`);
  const size = sizeOfSample(draw) * draw.samples.length;
  const tensor = isList(recorded) ? recorded[count] : recorded;
  if (tensor === undefined) throw new Error("internal: a tape row is missing");
  const single = isList(recorded) || isOneDraw(tensor.shape, draw.shape);
  const rowShape = single ? tensor.shape : tensor.shape.slice(1);
  if (!sameShape(trim(rowShape), trim(draw.shape))) {
    const got = formatShape(rowShape);
    const wanted = formatShape(draw.shape);
    throw tapeIssue(
      "tape.shape",
      draw,
      count,
      `needs shape ${wanted}, but its row on the noise tape has ${got}`,
    );
  }
  const start = single ? 0 : count * size;
  if (tensor.dtype !== "float32" && tensor.dtype !== "float64")
    throw tapeIssue(
      "tape.dtype",
      draw,
      count,
      `is ${tensor.dtype} on the noise tape; float32 and float64 are read`,
    );
  return Float32Array.from(tensor.data.subarray(start, start + size));
}

/** Rows of a stream; a single tensor whose draw is not known counts its first axis. */
function rowCount(recorded: TensorData | readonly TensorData[], draw: Shape | undefined): number {
  if (isList(recorded)) return recorded.length;
  if (draw !== undefined && isOneDraw(recorded.shape, draw)) return 1;
  return recorded.shape[0] ?? 1;
}

function leftOver(stream: string, rows: number, drawn: number): readonly Issue[] {
  if (drawn >= rows) return [];
  const message = `The noise tape holds ${rows} rows for the stream "${stream}", but the run drew ${drawn}.`;
  return [{ code: "tape.left-over", message, at: { path: [stream] } }];
}

function tapeIssue(code: string, draw: NoiseDraw, count: number, what: string): Error {
  const message = `Draw ${count + 1} of the stream "${draw.stream}" ${what}.`;
  return issueError(code, message, { path: [draw.stream], iteration: draw.indices });
}

function isList(recorded: TensorData | readonly TensorData[]): recorded is readonly TensorData[] {
  return Array.isArray(recorded);
}

function isOneDraw(recorded: Shape, draw: Shape): boolean {
  return sizeOf(recorded) === sizeOf(draw) && sameShape(trim(recorded), trim(draw));
}

/** A shape without its leading axes of size 1. */
function trim(shape: Shape): Shape {
  const first = shape.findIndex((d) => d !== 1);
  return first < 0 ? [] : shape.slice(first);
}
