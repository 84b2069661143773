import type { Issue } from "../../base/issue.ts";
import { formatShape, sizeOf, type Shape } from "../../tensor/tensor.ts";

/** One draw of a batch: float32 normals of shape [samples, …]. */
export interface NoiseDraw {
  /** The stream's name: the node's `stream` param, or its path. */
  readonly stream: string;
  /** Batch axis first; its size is the number of `samples`. */
  readonly shape: Shape;
  /** The iteration of every zone around the draw, outermost first. */
  readonly indices: readonly number[];
  /** The id of every sample in the batch. */
  readonly samples: readonly number[];
}

/** How many draws of every stream have been executed: what a checkpoint keeps of a noise source. */
export type NoisePosition = Readonly<Record<string, number>>;

/** Where a run's random numbers come from. Draws are made in the order in which the run executes. */
export interface NoiseSource {
  /**
   * The values of a draw in C order, at once or soon; the array is the caller's.
   *
   * @throws IssueError from a source that cannot serve the draw; a promise never rejects otherwise.
   */
  draw(draw: NoiseDraw): Float32Array | Promise<Float32Array>;
  /**
   * Says what will be drawn soon, soonest first, so that it can be made meanwhile. Changes no value.
   * What there was no memory for is forgotten at the next call.
   */
  prefetch(draws: readonly NoiseDraw[]): void;
  /** Takes back an array that nobody reads any more: new memory for every draw costs more than its numbers. */
  recycle?(values: Float32Array): void;
  /** Where the source stands; `{}` for one that has no memory. */
  position(): NoisePosition;
  /** Goes back, or on, to a position: to replay a step, or to resume from a checkpoint. */
  seek(position: NoisePosition): void;
  /** Ends the run: what was made ahead and not drawn is dropped, and what is wrong is returned. */
  finish(): readonly Issue[];
}

/**
 * Elements of one sample of a draw.
 *
 * @throws RangeError when the batch axis and the sample ids disagree.
 */
export function sizeOfSample({ shape, samples }: NoiseDraw): number {
  if (shape[0] !== samples.length)
    throw new RangeError(
      `draw: shape ${formatShape(shape)} does not begin with the number of samples, ${samples.length}`,
    );
  return sizeOf(shape.slice(1));
}
