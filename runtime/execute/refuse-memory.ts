import { IssueError } from "../base/issue.ts";
import type { MemoryNeeded } from "./memory-needed.ts";

/** Memory that no machine can add to. */
export interface MemoryBound {
  readonly bytes: number;
  /** What ends there: `WebAssembly`. */
  readonly of: string;
  /** Whether tensors lie in it too, or only models while they are loaded. */
  readonly holdsTensors: boolean;
}

/**
 * Refuses a model that cannot fit, before any memory is asked for. While onnxruntime loads a model it holds the
 * file and the weights in it; while it runs one, the weights and the tensors.
 *
 * @throws IssueError `backend.memory` with the estimate.
 */
export function refuseMemory({ weights, tensors }: MemoryNeeded, bound: MemoryBound): void {
  const held = bound.holdsTensors ? tensors : 0;
  const needed = Math.max(2 * weights, weights + held);
  if (needed <= bound.bytes) return;
  const parts = [`${gigabytes(weights)} of weights`];
  if (bound.holdsTensors) parts.push(`${gigabytes(tensors)} of tensors at one time`);
  throw new IssueError([
    {
      code: "backend.memory",
      message: `This model has ${parts.join(" and ")}, which takes at least ${gigabytes(needed)} of memory to load and run; ${bound.of} ends at ${gigabytes(bound.bytes)}.`,
      at: {},
      expected: `at most ${gigabytes(bound.bytes)}`,
      got: `at least ${gigabytes(needed)}`,
      fix: "Run the graph in Node, with denoodle run, or use a smaller model or smaller images.",
    },
  ]);
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toPrecision(3)} GB`;
}
