import { issueError, type IssueAt } from "../../base/issue.ts";
import { readNpz } from "../../tensor/npz.ts";
import type { TensorData } from "../../tensor/tensor.ts";
import type { Tape } from "./tape-noise.ts";

/**
 * The noise tape in the bytes of an .npz file.
 *
 * A member is named for its stream. It has the shape [draws, samples, …], [draws, …] for a run of
 * one sample, or that of a single draw. A stream whose draws differ in shape has one member a draw:
 * `stream#0`, `stream#1`, … In NumPy: `numpy.savez("tape.npz", **{"anneal/renoise": noise})`.
 *
 * @throws IssueError `tape.dtype` (float32 and float64 are read; the latter is rounded when drawn),
 * `tape.not-finite`, `tape.name`, and what `readNpz` throws.
 */
export function readTape(bytes: Uint8Array, at: IssueAt = {}): Tape {
  const tape = new Map<string, TensorData | readonly TensorData[]>();
  const lists = new Map<string, Map<number, TensorData>>();
  for (const [name, tensor] of Object.entries(readNpz(bytes, at))) {
    checkValues(tensor, { ...at, path: [...(at.path ?? []), name] });
    const [, stream, index] = /^(.*)#(\d{1,9})$/s.exec(name) ?? [];
    if (stream === undefined) tape.set(name, tensor);
    else
      lists.set(
        stream,
        (lists.get(stream) ?? new Map<number, TensorData>()).set(Number(index), tensor),
      );
  }
  for (const [stream, rows] of lists) {
    const here = { ...at, path: [...(at.path ?? []), stream] };
    if (tape.has(stream))
      throw issueError("tape.name", `The tape holds both "${stream}" and "${stream}#…".`, here);
    tape.set(stream, listOf(rows, here));
  }
  return Object.fromEntries(tape);
}

function listOf(rows: ReadonlyMap<number, TensorData>, at: IssueAt): readonly TensorData[] {
  return Array.from({ length: rows.size }, (_, i) => {
    const row = rows.get(i);
    if (row !== undefined) return row;
    throw issueError(
      "tape.name",
      `The tape holds ${rows.size} draws of this stream, but no #${i}.`,
      at,
    );
  });
}

function checkValues(tensor: TensorData, at: IssueAt): void {
  if (tensor.dtype !== "float32" && tensor.dtype !== "float64")
    throw issueError(
      "tape.dtype",
      `The noise is ${tensor.dtype}; float32 and float64 are read.`,
      at,
    );
  const bad = tensor.data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw issueError(
      "tape.not-finite",
      `The noise holds ${tensor.data[bad]} at element ${bad}.`,
      at,
    );
}
