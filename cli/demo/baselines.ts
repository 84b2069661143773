import { asPicture, fromSamples } from "../files/picture.ts";
import { toSharp } from "../files/write-image.ts";
import type { EngineProcess } from "../engine/engine-process.ts";
import { float32, type TensorData } from "../../runtime/tensor/tensor.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { IssueError } from "../../runtime/base/issue.ts";
import { isTensor } from "../run/measure.ts";
import type { Prepared } from "../run/prepare.ts";

/** What is known without a prior: a picture to look at, and what anyone would do first. */
export interface Baseline {
  /** A⁺y: missing pixels grey, large pixels as blocks. */
  readonly degraded: TensorData;
  readonly name: string;
  readonly picture: TensorData;
}

const slots = { operator: { kind: "operator" }, measurement: { kind: "measurement" } };
const known = {
  type: "operator/pinv",
  v: 1,
  in: { operator: "@operator", y: "@measurement" },
};

const degradedGraph: unknown = {
  denoodle: 1,
  name: "Degraded",
  inputs: slots,
  graph: { known },
  outputs: { degraded: "known.x" },
};

/**
 * Missing pixels take the mean of the known ones. m = A 1 is the mask; with m² = m,
 * Σ m y = (|m y + m|² − |m y − m|²) / 4 and Σ m = |m|².
 */
const fillGraph: unknown = {
  denoodle: 1,
  name: "Mean fill",
  inputs: slots,
  graph: {
    known,
    ones: { type: "math/constant", v: 1, params: { value: 1 }, in: { space: "@operator" } },
    mask: { type: "operator/apply", v: 1, in: { operator: "@operator", x: "ones.x" } },
    sum: { type: "math/add", v: 1, in: { a: "known.x", b: "mask.y" } },
    difference: { type: "math/subtract", v: 1, in: { a: "known.x", b: "mask.y" } },
    sumNorm: { type: "math/norm", v: 1, in: { x: "sum.x" } },
    differenceNorm: { type: "math/norm", v: 1, in: { x: "difference.x" } },
    maskNorm: { type: "math/norm", v: 1, in: { x: "mask.y" } },
    fill: {
      type: "math/expression",
      v: 1,
      params: { expression: "known + (1 - mask)*(a^2 - b^2)/(4*n^2)" },
      in: {
        known: "known.x",
        mask: "mask.y",
        a: "sumNorm.norm",
        b: "differenceNorm.norm",
        n: "maskNorm.norm",
      },
    },
  },
  outputs: { degraded: "known.x", filled: "fill.x" },
};

/** The task's measurement of the run that `prepared` makes, its degraded picture, and a baseline. */
export async function baselineOf(
  engine: EngineProcess,
  { task, feeds, batch, assets, settings }: Prepared,
  kind: "mean fill" | "bicubic",
): Promise<Baseline & { readonly image: TensorData }> {
  const { document, issues } = readDocument(kind === "mean fill" ? fillGraph : degradedGraph);
  if (document === null || task === null) throw new IssueError(issues);
  const events = engine.run({
    compile: {
      document,
      task: task.document,
      feeds,
      batch,
      assets: { tensors: new Map(assets.tensors), models: new Map() },
    },
    options: { backend: "cpu", seed: settings.seed },
  });
  for await (const event of events) {
    if (event.type !== "done") continue;
    const { degraded, filled, measurement, image } = event.outputs;
    if (!isTensor(degraded) || !isTensor(measurement) || !isTensor(image)) break;
    const picture = isTensor(filled) ? filled : await enlarge(measurement, degraded);
    return { degraded, name: kind, picture, image };
  }
  throw new Error("internal: the baseline graph gave no pictures");
}

/** `small` at the size of `like` by bicubic interpolation of 8-bit pixels. */
async function enlarge(small: TensorData, like: TensorData): Promise<TensorData> {
  const picture = asPicture(small);
  if (typeof picture === "string") throw new RangeError(`enlarge: the tensor ${picture}`);
  const [, , height = 1, width = 1] = like.shape;
  const { data, info } = await toSharp(picture)
    .resize({ width, height, kernel: "cubic", fit: "fill" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return float32(fromSamples(data, info.channels, 255), [1, info.channels, height, width]);
}
