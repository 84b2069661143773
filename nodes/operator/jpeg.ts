import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Operator } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import type { Emit } from "../../runtime/ir/program.ts";
import { float32, type Shape, type TensorData } from "../../runtime/tensor/tensor.ts";
import {
  addNumber,
  affine,
  concat,
  expand,
  matMul,
  mul,
  reduceMean,
  reshape,
  sliceAxis,
} from "../../runtime/trace/math.ts";
import { lastTwo, sameSpace } from "./shared/family.ts";
import { quantisationSteps } from "./shared/jpeg-tables.ts";

export const jpeg = defineNode({
  type: "operator/jpeg",
  v: 1,
  title: "JPEG compression",
  summary:
    "What is left of a picture after JPEG: the cosine transform of 8 × 8 blocks of luminance and chrominance, rounded to the standard tables' steps and transformed back. Pictures of three channels are colour, those of one are luminance; sizes that fill no whole block are continued by their edge. Nothing is clipped or rounded to 8 bits, and the entropy coding, which loses nothing, is left out. It has no gradient. The pseudo-inverse is that of the papers, the identity.",
  formula: "A(x) = \\operatorname{decode}(\\operatorname{encode}(x))",
  source:
    "ITU-T T.81; as a measurement C-ΠGDM (arXiv:2405.17673) and Kawar et al. 2022, arXiv:2209.11888",
  params: z.strictObject({
    quality: z
      .int()
      .min(1)
      .max(100)
      .default(10)
      .meta({ description: "As JPEG has it, 1 to 100; lower rounds more." }),
    chroma: z.enum(["4:2:0", "4:4:4"]).default("4:2:0").meta({
      description:
        "Whether colours are kept at half the resolution (4:2:0) or at all of it (4:4:4).",
    }),
  }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  build: ({ params: { quality, chroma } }) => ({
    operator: sameSpace(`JPEG of quality ${quality}`, (signal) =>
      bindJpeg(signal, { quality, halved: chroma === "4:2:0" }),
    ),
  }),
});

interface Compression {
  readonly quality: number;
  /** Chrominance has half the height and half the width. */
  readonly halved: boolean;
}

function bindJpeg(signal: Shape, { quality, halved }: Compression): Operator {
  const [height, width] = lastTwo(signal);
  const [channels] = signal;
  const label = `JPEG of quality ${quality}`;
  if (channels !== 1 && channels !== 3)
    throw new RangeError(
      `${label} acts on pictures of 1 channel (grey) or 3 (colour), the signal has ${channels}`,
    );
  const luma = roundTo(quantisationSteps("luminance", quality));
  const chroma = roundTo(quantisationSteps("chrominance", quality));
  const unit = channels === 3 && halved ? 2 * block : block;
  const [h, w] = [height, width].map((size) => Math.ceil(size / unit) * unit) as [number, number];
  const apply = (emit: Emit, x: Value) => {
    const levels = extend(emit, affine(emit, x, 127.5, 127.5), h - height, w - width);
    const coded = channels === 1 ? grey(emit, levels) : colour(emit, levels);
    return crop(emit, affine(emit, coded, 1 / 127.5, -1), height, width);
  };
  const grey = (emit: Emit, levels: Value) =>
    addNumber(emit, luma(emit, addNumber(emit, levels, -128)), 128);
  const colour = (emit: Emit, levels: Value) => {
    const ycc = mix(emit, toYcc, levels);
    const planes = sliceAxis(emit, ycc, 1, { start: 1, end: 3 });
    const small = halved ? halve(emit, planes) : planes;
    const back = chroma(emit, small);
    const y = grey(emit, sliceAxis(emit, ycc, 1, { start: 0, end: 1 }));
    return mix(emit, fromYcc, concat(emit, [y, halved ? double(emit, back) : back], 1));
  };
  return {
    label,
    linear: false,
    signal,
    measurement: signal,
    apply,
    pinv: (_, y) => y,
    projector: apply,
    equivalentVariance: (sigma) => sigma ** 2,
    lipschitz: 1,
  };
}

const block = 8;

/** The orthonormal cosine transform of 8 values (type II), and its transpose. */
const [cosines, transposedCosines] = [false, true].map((transposed): TensorData => {
  const entries = Float32Array.from({ length: block ** 2 }, (_, i) => {
    const [row, column] = [Math.floor(i / block), i % block];
    const [k, n] = transposed ? [column, row] : [row, column];
    return Math.sqrt((k === 0 ? 1 : 2) / block) * Math.cos((Math.PI * k * (2 * n + 1)) / 16);
  });
  return float32(entries, [block, block]);
}) as [TensorData, TensorData];

/** Rounds the cosine coefficients of the blocks of planes [N, C, H, W] to multiples of `steps`; H and W are multiples of 8. */
function roundTo(steps: readonly number[]) {
  const table = float32(steps, [block, 1, block]);
  const inverse = float32(
    steps.map((step) => 1 / step),
    [block, 1, block],
  );
  return (emit: Emit, planes: Value): Value => {
    const blocks = transformBlocks(emit, planes, cosines, transposedCosines);
    const index = emit.op("Round", [mul(emit, blocks, emit.constant(inverse))], {});
    const rounded = reshape(emit, mul(emit, index, emit.constant(table)), planes.shape);
    return reshape(emit, transformBlocks(emit, rounded, transposedCosines, cosines), planes.shape);
  };
}

/** L B R of every 8 × 8 block, as [N C H/8, 8, W/8, 8]. */
function transformBlocks(emit: Emit, planes: Value, left: TensorData, right: TensorData): Value {
  const [n = 1, c = 1, h = 1, w = 1] = planes.shape;
  const rows = (n * c * h) / block;
  const down = matMul(emit, emit.constant(left), reshape(emit, planes, [rows, block, w]));
  const across = matMul(
    emit,
    reshape(emit, down, [(n * c * h * w) / block, block]),
    emit.constant(right),
  );
  return reshape(emit, across, [rows, block, w / block, block]);
}

// Rec. 601 luminance with full range, as JFIF has it; the chrominance is around 0.
const [red, green, blue] = [0.299, 0.587, 0.114];
const [u, v] = [1 / (2 * (1 - blue)), 1 / (2 * (1 - red))];
const toYcc = float32(
  [red, green, blue, -red * u, -green * u, (1 - blue) * u, (1 - red) * v, -green * v, -blue * v],
  [3, 3],
);
const fromYcc = float32([1, 0, 1 / v, 1, -blue / green / u, -red / green / v, 1, 1 / u, 0], [3, 3]);

/** A 3 × 3 matrix applied to the channels. */
function mix(emit: Emit, matrix: TensorData, x: Value): Value {
  const [n = 1, c = 3, h = 1, w = 1] = x.shape;
  const mixed = matMul(emit, emit.constant(matrix), reshape(emit, x, [n, c, h * w]));
  return reshape(emit, mixed, x.shape);
}

/** Means of 2 × 2 pixels. */
function halve(emit: Emit, x: Value): Value {
  const [n = 1, c = 1, h = 1, w = 1] = x.shape;
  const pairs = reduceMean(emit, reshape(emit, x, [n * c, h / 2, 2, w / 2, 2]), [2, 4], false);
  return reshape(emit, pairs, [n, c, h / 2, w / 2]);
}

/** Every pixel as 2 × 2 pixels. */
function double(emit: Emit, x: Value): Value {
  const [n = 1, c = 1, h = 1, w = 1] = x.shape;
  const wide = expand(emit, reshape(emit, x, [n, c, h, 1, w, 1]), [n, c, h, 2, w, 2]);
  return reshape(emit, wide, [n, c, 2 * h, 2 * w]);
}

/** Rows below and columns to the right, like the last ones. */
function extend(emit: Emit, x: Value, rows: number, columns: number): Value {
  if (rows === 0 && columns === 0) return x;
  return emit.op("Pad", [x], {
    pads: [0, 0, 0, 0, 0, 0, rows, columns],
    mode: "edge",
    value: 0,
  });
}

const crop = (emit: Emit, x: Value, height: number, width: number) =>
  sliceAxis(emit, sliceAxis(emit, x, 2, { start: 0, end: height }), 3, { start: 0, end: width });
