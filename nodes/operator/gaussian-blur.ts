import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Operator } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import type { Emit } from "../../runtime/ir/program.ts";
import type { Shape, TensorData } from "../../runtime/tensor/tensor.ts";
import { matMul } from "../../runtime/trace/math.ts";
import { largestEigenvalue } from "./eigenvalue.ts";
import { lastTwo, sameSpace } from "./family.ts";

const boundaries = ["mirror", "zero", "edge", "circular"] as const;
type Boundary = (typeof boundaries)[number];

export const gaussianBlur = defineNode({
  type: "operator/gaussian-blur",
  v: 1,
  title: "Gaussian blur",
  summary:
    "Separable Gaussian blur as two matrix products, one an axis; the transposed matrices are the exact adjoint for every boundary rule. The kernel reaches ±int(4 std + 0.5) pixels unless a radius is given.",
  formula: "A x = B_H\\, x\\, B_W^{\\top}",
  source: "Chung et al. 2023 (DPS), arXiv:2209.14687, section 4 (61 taps, std 3)",
  params: z.strictObject({
    std: z.number().positive().max(100).default(3),
    radius: z.int().min(1).max(500).optional(),
    boundary: z.enum(boundaries).default("mirror"),
  }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  build: ({ params }) => ({
    operator: sameSpace(`Gaussian blur, std ${params.std}`, (signal) => bindBlur(signal, params)),
  }),
});

interface Blur {
  readonly std: number;
  readonly radius?: number | undefined;
  readonly boundary: Boundary;
}

function bindBlur(
  signal: Shape,
  { std, radius = Math.floor(4 * std + 0.5), boundary }: Blur,
): Operator {
  const [height, width] = lastTwo(signal);
  const taps = gaussianTaps(std, radius);
  const rows = bandedMatrix(height, taps, boundary);
  const columns = bandedMatrix(width, taps, boundary);
  const both = (emit: Emit, x: Value, left: TensorData, right: TensorData) =>
    matMul(emit, matMul(emit, emit.constant(left), x), emit.constant(right));
  const apply = (emit: Emit, x: Value) => both(emit, x, rows.matrix, columns.transposed);
  const adjoint = (emit: Emit, y: Value) => both(emit, y, rows.transposed, columns.matrix);
  return {
    label: `Gaussian blur, std ${std}`,
    linear: true,
    signal,
    measurement: signal,
    apply,
    vjp: (emit, _, r) => adjoint(emit, r),
    adjoint,
    observedCount: signal.reduce((a, b) => a * b, 1),
    lipschitz: largestEigenvalue(rows.matrix) * largestEigenvalue(columns.matrix),
  };
}

/** Taps exp(−k²/(2 std²)), |k| ≤ radius, of sum 1. */
function gaussianTaps(std: number, radius: number): readonly number[] {
  const taps = Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * std ** 2)),
  );
  const sum = taps.reduce((a, b) => a + b, 0);
  return taps.map((tap) => tap / sum);
}

/** Where index `i` of a line of `size` pixels is read from; null: outside of it is 0. */
const readAt: Readonly<Record<Boundary, (i: number, size: number) => number | null>> = {
  mirror(i, size) {
    if (size === 1) return 0;
    const period = 2 * (size - 1);
    const j = ((i % period) + period) % period;
    return j < size ? j : period - j;
  },
  zero: (i, size) => (i < 0 || i >= size ? null : i),
  edge: (i, size) => Math.min(Math.max(i, 0), size - 1),
  circular: (i, size) => ((i % size) + size) % size,
};

/** The 1-D convolution with `taps` as a matrix [size, size], and its transpose. */
function bandedMatrix(size: number, taps: readonly number[], boundary: Boundary) {
  const radius = (taps.length - 1) / 2;
  const entries = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1)
    taps.forEach((tap, k) => {
      const j = readAt[boundary](i + k - radius, size);
      if (j !== null) entries[i * size + j] = (entries[i * size + j] ?? 0) + tap;
    });
  const transposed = new Float32Array(size * size);
  for (let i = 0; i < size; i += 1)
    for (let j = 0; j < size; j += 1) transposed[j * size + i] = entries[i * size + j] ?? 0;
  const tensor = (data: Float32Array): TensorData => ({
    dtype: "float32",
    shape: [size, size],
    data,
  });
  return { matrix: tensor(Float32Array.from(entries)), transposed: tensor(transposed) };
}
