import { issueError } from "../../runtime/base/issue.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import type { Emit } from "../../runtime/ir/program.ts";
import { expand, mul, padOrCrop, reduceSum } from "../../runtime/trace/math.ts";
import { float32, formatShape } from "../../runtime/tensor/tensor.ts";
import { resized } from "../resize.ts";
import { fitSize, type Fit } from "./fit-size.ts";

type Size = readonly [height: number, width: number];

export interface Fitting {
  readonly fit: Fit;
  /** [height, width] in pixels. Default: the nearest multiples. */
  readonly size?: Size | undefined;
  readonly multipleOf?: number | undefined;
}

/**
 * Pictures [N, C, H, W] of another size: cropped around the centre; padded around it by repeating the
 * border; or scaled, keeping their proportions, until they cover the size, and then cropped.
 *
 * @throws IssueError `image.fit` when a crop is to be larger, or a padded picture smaller, than it is.
 */
export function fitted(emit: Emit, x: Value, { fit, size, multipleOf = 1 }: Fitting): Value {
  const from = sizeOf(x);
  const to = from.map((d, i) => fitSize(fit, d, { size: size?.[i] ?? null, multipleOf }));
  const [height, width] = to;
  if (height === undefined || width === undefined || height === null || width === null)
    throw impossible(fit, from, size ?? `multiples of ${multipleOf}`);
  const target: Size = [height, width];
  return fit === "resize"
    ? centred(emit, covering(emit, x, target), target)
    : centred(emit, x, target);
}

function sizeOf({ shape }: Value): Size {
  const [, , height, width] = shape;
  if (shape.length === 4 && height !== undefined && width !== undefined) return [height, width];
  throw issueError(
    "image.fit",
    `Only pictures [N,C,H,W] can be cropped, padded or resized, got ${formatShape(shape)}.`,
  );
}

function impossible(fit: Fit, from: Size, to: Size | string) {
  const wanted = typeof to === "string" ? to : formatSize(to);
  return issueError(
    "image.fit",
    `A picture of ${formatSize(from)} cannot be ${fit === "crop" ? "cropped" : "padded"} to ${wanted}.`,
    {},
    { fix: `Use ${fit === "crop" ? "pad" : "crop"} or resize.` },
  );
}

const formatSize = ([height, width]: Size) => `${height} x ${width} pixels`;

/** Scaled until neither side is shorter than asked for. */
function covering(emit: Emit, x: Value, target: Size): Value {
  const from = sizeOf(x);
  const factor = Math.max(target[0] / from[0], target[1] / from[1]);
  return resized(emit, x, [
    Math.max(target[0], Math.round(from[0] * factor)),
    Math.max(target[1], Math.round(from[1] * factor)),
  ]);
}

/** The middle of the picture, or the picture in the middle of its repeated border. */
function centred(emit: Emit, x: Value, target: Size): Value {
  const missing = target.map((d, i) => d - (sizeOf(x)[i] ?? d));
  const before = [0, 0, ...missing.map((n) => Math.trunc(n / 2))];
  const after = [0, 0, ...missing.map((n) => n - Math.trunc(n / 2))];
  const isPad = missing.some((n) => n > 0);
  if (!isPad) return padOrCrop(emit, x, before, after);
  return emit.op("Pad", [x], { pads: [...before, ...after], mode: "edge", value: 0 });
}

/** Shares of red, green and blue in the luminance of sRGB values; ITU-R BT.601. */
const luminance = [0.299, 0.587, 0.114];

/**
 * Pictures with 1 or 3 channels: colours become their luminance, grey is repeated.
 *
 * @throws IssueError `image.channels` for any other change.
 */
export function inChannels(emit: Emit, x: Value, channels: number): Value {
  const [n = 1, given = 1, ...spatial] = x.shape;
  if (given === channels) return x;
  if (given === 1) return expand(emit, x, [n, channels, ...spatial]);
  if (given === 3 && channels === 1)
    return reduceSum(emit, mul(emit, x, emit.constant(float32(luminance, [1, 3, 1, 1]))), [1]);
  throw issueError(
    "image.channels",
    `A picture of ${given} channels cannot be made one of ${channels}.`,
    {},
    { fix: "Grey becomes any number of channels, and three become grey." },
  );
}
