import { beforeAll, describe, expect, test } from "vitest";
import { backward } from "../../runtime/autodiff/backward.ts";
import type { Backend } from "../../runtime/execute/backend.ts";
import { fillNormals } from "../../runtime/execute/noise/fill-normals.ts";
import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import type { Operator, OperatorEmit, OperatorValue } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import { writeModel } from "../../runtime/onnx/write-model.ts";
import {
  float32,
  scalarTensor,
  sizeOf,
  type Shape,
  type TensorData,
} from "../../runtime/tensor/tensor.ts";
import {
  cast,
  div,
  expand,
  greater,
  mul,
  number,
  reshape,
  scale,
} from "../../runtime/trace/math.ts";
import { createRecorder, type Recorder } from "../../runtime/trace/recorder.ts";
import { registry } from "../index.ts";

interface Case {
  readonly type: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly signal: Shape;
  /** Operators it takes: type and params. */
  readonly of?: Readonly<Record<string, readonly [string, object]>>;
  /** A keeps singular values that its pseudo-inverse leaves out, none larger than this. */
  readonly cut?: number;
  /** `lipschitz` is an upper bound. */
  readonly bound?: boolean;
}

const image: Shape = [3, 16, 24];
const odd: Shape = [2, 9, 13];
/** Large enough for a banded matrix to go block by block. */
const tall: Shape = [1, 300, 8];

const of = (type: string, params: object, signal: Shape, more: object = {}): Case => ({
  type: `operator/${type}`,
  params: params as Case["params"],
  signal,
  ...more,
});
const cut = { cut: 0.034 };

const cases: readonly Case[] = [
  of("identity", {}, odd),
  of("box-inpainting", { height: 5, width: 9 }, image),
  of("random-inpainting", { missing: 0.7, seed: 3 }, image),
  of("mask", { file: "mask.npy" }, odd),
  of("stem-mask", { known: [0, 2] }, [4, 50]),
  of("average", { factor: 4 }, image),
  of("average", { factor: 3 }, [1, 9, 15]),
  of("bicubic", { factor: 4 }, image),
  of("bicubic", { factor: 3 }, [1, 9, 15]),
  of("bicubic", { factor: 2 }, [1, 600, 4]),
  of("resize", { factor: 4 }, image),
  of("resize", { factor: 2.5 }, odd),
  of("resize", { factor: 0.5 }, [1, 5, 7]),
  of("gaussian-blur", { std: 1.5 }, image, cut),
  of("gaussian-blur", { std: 0.5, cutoff: 0 }, odd),
  of("gaussian-blur", { std: 1, truncated: true }, tall),
  of("gaussian-blur", { std: 3, boundary: "zero", radius: 4 }, [1, 9, 5], cut),
  of("gaussian-blur", { std: 2, boundary: "edge", truncated: true }, [1, 9, 5]),
  of("gaussian-blur", { std: 2, boundary: "circular" }, [1, 9, 5], cut),
  of("gaussian-blur", { std: 2, boundary: "symmetric" }, [1, 9, 5], cut),
  of("uniform-blur", { size: 4 }, odd, cut),
  of("separable", { rows: "rows.npy", columns: "columns.npy" }, odd),
  of("separable", { rows: "square.npy" }, [3, 9, 9]),
  of("ddrm-deblurring", {}, image),
  of("ddrm-deblurring", { kernel: "uniform", taps: 9 }, odd),
  of("kernel-blur", { file: "kernel.npy", boundary: "mirror" }, image),
  of("kernel-blur", { file: "kernel.npy", boundary: "edge" }, odd),
  of("kernel-blur", { file: "kernel.npy", boundary: "zero", normalise: false }, odd),
  of("kernel-blur", { file: "kernel.npy", boundary: "symmetric" }, odd),
  of("kernel-blur", { file: "kernel.npy", boundary: "circular" }, image, { cut: 0.03 }),
  of("kernel-blur", { file: "kernel.npy", boundary: "circular", cutoff: 0 }, odd),
  // The kernel is larger than the image.
  of("motion-blur", { size: 15 }, [1, 7, 6]),
  of("motion-blur", { size: 15, boundary: "circular" }, [1, 7, 6], { cut: 0.03 }),
  of("colourisation", {}, [3, 5, 7]),
  of("mixture", { stems: 4 }, [4, 50]),
  of("compressed-sensing", { ratio: 4 }, [3, 16, 32]),
  of("compressed-sensing", { ratio: 3 }, [1, 256, 8]),
  {
    ...of("compose", {}, image, cut),
    of: {
      inner: ["operator/average", { factor: 2 }],
      outer: ["operator/gaussian-blur", { std: 1 }],
    },
  },
  {
    ...of("compose", {}, image, { bound: true }),
    of: {
      inner: ["operator/gaussian-blur", { std: 1 }],
      outer: ["operator/bicubic", { factor: 4 }],
    },
  },
  of("hdr", { gain: 2 }, image),
  of("phase-retrieval", { oversample: 2 }, [1, 8, 12]),
  of("phase-retrieval", { oversample: 1, range: "[-1,1]" }, [2, 8, 8]),
];

let backend: Backend;
beforeAll(async () => {
  ({ backend } = await createNodeBackend("cpu"));
});

/** Files that the cases name. */
const files: Readonly<Record<string, TensorData>> = {
  "mask.npy": float32(
    Float32Array.from({ length: 9 * 13 }, (_, i) => (i % 3 === 0 ? 1 : 0)),
    [9, 13],
  ),
  "rows.npy": matrix(6, 9),
  "columns.npy": matrix(15, 13),
  "square.npy": matrix(9, 9),
  // Two colours, from black to white.
  "kernel.png": float32([-1, 0, 1, -1, -1, 1, 1, -1], [1, 2, 2, 2]),
  "grey.npy": float32([0, 0.75, 1, 0], [2, 2]),
  "line.npy": float32([1, 2], [2]),
  "zero-sum.npy": float32([1, -1], [1, 2]),
  "kernel.npy": float32(
    normals([4, 5], "kernel").map((v) => v + 0.6),
    [4, 5],
  ),
};

function matrix(rows: number, columns: number): TensorData {
  return float32(normals([rows, columns], `${rows} x ${columns}`), [rows, columns]);
}

function valueOf(type: string, params: object, inputs: object = {}): OperatorValue {
  const [definition] = registry.versions(type);
  if (definition === undefined) throw new Error(`no ${type}`);
  const made = definition.build({
    params: definition.params.parse(params) as never,
    scalars: {} as never,
    inputs: inputs as never,
    ctx: { tensor: (file: string) => files[file], image: (file: string) => files[file] } as never,
  });
  return made["operator"] as OperatorValue;
}

function openOf({ type, params, of: parts = {} }: Case): OperatorValue {
  const inputs = Object.entries(parts).map(([name, [part, given]]) => [name, valueOf(part, given)]);
  return valueOf(type, params, Object.fromEntries(inputs));
}

function operatorOf(one: Case): Operator {
  const value = openOf(one);
  return value.bound ? value.operator : value.family.bind(one.signal);
}

const emitOf = (recorder: Recorder): OperatorEmit => ({
  ...recorder,
  scalar: (s) => recorder.constant(scalarTensor(s as number)),
});

function normals(shape: Shape, stream: string) {
  const data = new Float32Array(sizeOf(shape));
  fillNormals(data, { seed: 5, stream, sample: 0, indices: [] });
  return data.map((v) => v / 2);
}

/** Runs what `write` records on two normal tensors of these shapes, batch 2. */
async function evaluate(
  shapes: readonly Shape[],
  write: (emit: OperatorEmit, values: readonly Value[], recorder: Recorder) => readonly Value[],
) {
  const recorder = createRecorder();
  const inputs = shapes.map((shape) => recorder.input({ dtype: "float32", shape: [2, ...shape] }));
  const program = recorder.finish(write(emitOf(recorder), inputs, recorder));
  const outputNames = program.outputs.map((_, i) => `o${i}`);
  const bytes = writeModel(program, { inputNames: inputs.map((_, i) => `i${i}`), outputNames });
  const session = await backend.createSession(bytes);
  const data = inputs.map(({ shape }, i) => normals(shape, `stream ${i}`));
  const feeds = Object.fromEntries(
    inputs.map(({ shape }, i) => [`i${i}`, backend.upload(float32(data[i] ?? [], shape))]),
  );
  const results = await session.run(feeds);
  const outputs: Float32Array[] = [];
  for (const name of outputNames) {
    const tensor = results[name];
    if (tensor !== undefined) outputs.push((await backend.download(tensor)).data as Float32Array);
  }
  return { data, outputs };
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, v, i) => sum + v * (b[i] ?? Number.NaN), 0);

const norm = (a: ArrayLike<number>) => Math.sqrt(dot(a, a));

/** `a` and `b` differ by no more than `tolerance` times the length of `b`. */
function expectNear(a: Float32Array | undefined, b: Float32Array | undefined, tolerance = 2e-5) {
  const [got, expected] = [a ?? new Float32Array([Number.NaN]), b ?? new Float32Array()];
  expect(got.length).toBe(expected.length);
  const difference = norm(got.map((v, i) => v - (expected[i] ?? Number.NaN)));
  expect(difference).toBeLessThanOrEqual(tolerance * Math.max(norm(expected), 1e-3));
}

/** ⟨a, b⟩ = ⟨c, d⟩. */
function expectEqualDots(
  [a, b]: readonly [Float32Array | undefined, Float32Array | undefined],
  [c, d]: readonly [Float32Array | undefined, Float32Array | undefined],
) {
  const [left, right] = [dot(a ?? [], b ?? []), dot(c ?? [], d ?? [])];
  expect(Math.abs(left - right)).toBeLessThan(1e-5 * norm(a ?? []) * norm(b ?? []));
}

describe.each(cases.map((one) => [one.type, one.params, one.signal, one] as const))(
  "%s %j on %j",
  (_type, _params, _signal, one) => {
    const operator = operatorOf(one);
    testShapes(one);
    testGradient(operator);
    if (!operator.linear) return;
    testInverse(one, operator);
    testDecomposition(operator);
    testNumbers(one, operator);
  },
);

/** A measurement of the shape that the operator makes binds it to a signal that is measured so. */
function testShapes(one: Case): void {
  const value = openOf(one);
  if (value.bound) return;
  const { measurement } = value.family.bind(one.signal);
  const signal = value.family.signalOf(measurement);
  if (signal !== null)
    test("the signal's shape follows from the measurement's", () => {
      expect(value.family.bind(signal).measurement).toEqual(measurement);
    });
}

function testGradient(operator: Operator): void {
  const { signal, measurement, apply, vjp, adjoint } = operator;
  if (vjp !== undefined)
    test("the gradient is the transposed Jacobian that reverse mode finds", async () => {
      const { outputs } = await evaluate([signal, measurement], (emit, [x, r], recorder) => {
        if (x === undefined || r === undefined) throw new Error("two inputs");
        const y = apply(emit, x);
        if (y === x) return [vjp(emit, x, r), r];
        const [expected] = backward(recorder, [...recorder.equations], new Map([[y, r]]), [x]);
        if (expected === undefined || expected === null) throw new Error("no gradient");
        return [vjp(emit, x, r), expected];
      });
      expectNear(outputs[0], outputs[1], 1e-5);
    });

  if (adjoint !== undefined)
    test("⟨Ax, u⟩ = ⟨x, Aᵀu⟩", async () => {
      const { data, outputs } = await evaluate([signal, measurement], (emit, [x, u]) => [
        apply(emit, x as Value),
        adjoint(emit, u as Value),
      ]);
      expectEqualDots([outputs[0], data[1]], [data[0], outputs[1]]);
    });
}

function testInverse(one: Case, operator: Operator): void {
  const { signal, measurement, apply, pinv, projector } = operator;
  if (pinv !== undefined && projector !== undefined)
    test("A⁺ is the pseudo-inverse of A", async () => {
      const { data, outputs } = await evaluate([signal, measurement], (emit, given) => {
        const [x, y] = given as [Value, Value];
        const back = pinv(emit, y);
        const there = apply(emit, x);
        const seen = projector(emit, x);
        const again = [pinv(emit, apply(emit, back)), pinv(emit, there), projector(emit, seen)];
        return [back, there, seen, ...again, apply(emit, seen)];
      });
      const [back, there, seen, twice, thereAndBack, seenTwice, applied] = outputs;
      expectNear(twice, back, 2e-4); // A⁺ A A⁺ = A⁺
      expectNear(thereAndBack, seen, 2e-4); // A⁺ A = P
      expectNear(seenTwice, seen); // P² = P
      const { cut = 0 } = one; // A A⁺ A = A, but for what is cut off
      const left = norm((applied ?? []).map((v, i) => v - (there?.[i] ?? Number.NaN)));
      expect(left).toBeLessThanOrEqual(cut * norm(data[0] ?? []) + 2e-5 * norm(there ?? []));
    });

  if (pinv !== undefined)
    test("A A⁺ and A⁺ A are symmetric, and (A⁺)ᵀ is the adjoint of A⁺", async () => {
      const { data, outputs } = await evaluate(
        [signal, signal, measurement, measurement],
        (emit, given) => {
          const [x, z, y, u] = given as [Value, Value, Value, Value];
          const { pinvTransposed = () => x } = operator;
          const [first, second] = [x, z].map((v) => pinv(emit, apply(emit, v)));
          const [third, fourth] = [y, u].map((v) => apply(emit, pinv(emit, v)));
          const rest = [pinv(emit, y), pinvTransposed(emit, x)];
          return [first, second, third, fourth, ...rest] as readonly Value[];
        },
      );
      const [x, z, y, u] = data;
      const [px, pz, qy, qu, back, turned] = outputs;
      expectEqualDots([px, z], [x, pz]);
      expectEqualDots([qy, u], [y, qu]);
      expect(operator.pinvTransposed).toBeDefined();
      expectEqualDots([back, x], [y, turned]);
    });
}

function testDecomposition(operator: Operator): void {
  const { signal, measurement, apply, pinv, projector, svd } = operator;
  const { equivalentVariance, observedCount } = operator;
  if (svd !== undefined && pinv !== undefined && projector !== undefined)
    test("the decomposition is orthonormal, and A, A⁺ and P are made of it", async () => {
      const { data, outputs } = await evaluate([signal, measurement], (emit, given) => {
        const [x, y] = given as [Value, Value];
        const c = svd.toSpectral(emit, x);
        const s = svd.singularValues(emit);
        const zero = number(emit, s, 0);
        const kept = cast(emit, greater(emit, s, zero), "float32");
        const inverse = div(emit, kept, emit.op("Max", [s, number(emit, s, 1e-6)], {}));
        const measured = svd.measurementToSpectral(emit, apply(emit, x));
        const back = mul(emit, inverse, svd.measurementToSpectral(emit, y));
        return [
          c,
          expand(emit, kept, c.shape),
          svd.fromSpectral(emit, c),
          svd.toSpectral(emit, svd.fromSpectral(emit, reshape(emit, x, c.shape))),
          mul(emit, kept, measured),
          mul(emit, s, c),
          svd.fromSpectral(emit, back),
          pinv(emit, y),
          svd.fromSpectral(emit, mul(emit, kept, c)),
          projector(emit, x),
        ];
      });
      const [c, counted, round, other, measured, scaled, back, inverse, seen, projected] = outputs;
      expect(norm(c ?? [])).toBeCloseTo(norm(data[0] ?? []), 3);
      if (equivalentVariance !== undefined)
        expect(counted?.reduce((sum, one) => sum + one, 0)).toBe(2 * (observedCount ?? 0));
      expectNear(round, data[0]);
      expectNear(other, data[0]);
      expectNear(measured, scaled);
      expectNear(back, inverse, 2e-4);
      expectNear(seen, projected);
    });
}

function testNumbers(one: Case, operator: Operator): void {
  const { signal, apply, vjp, projector, equivalentVariance } = operator;
  if (equivalentVariance !== undefined && projector !== undefined)
    test("‖A x‖² = ‖P x‖² / the variance that noise of variance 1 is equivalent to", async () => {
      const { outputs } = await evaluate([signal], (emit, [x]) => [
        apply(emit, x as Value),
        projector(emit, x as Value),
      ]);
      const [y = [], seen = []] = outputs;
      expect((dot(y, y) * equivalentVariance(1)) / dot(seen, seen)).toBeCloseTo(1, 5);
      expect(equivalentVariance(0.3)).toBeCloseTo(0.09 * equivalentVariance(1), 9);
    });

  if (vjp !== undefined)
    test("the largest eigenvalue of AᵀA is as said", async () => {
      const { outputs } = await evaluate([signal], (emit, [x]) => {
        let v = x as Value;
        for (let i = 0; i < 60; i += 1)
          v = scale(emit, vjp(emit, v, apply(emit, v)), 1 / operator.lipschitz);
        return [v, vjp(emit, v, apply(emit, v))];
      });
      const [before = [], after = []] = outputs;
      const ratio = norm(after) / norm(before);
      expect(ratio).toBeLessThanOrEqual(operator.lipschitz * 1.0001);
      if (one.bound !== true) expect(ratio).toBeGreaterThan(operator.lipschitz * 0.97);
    });
}

test("a kernel from a picture is its brightness", async () => {
  const [picture, array] = ["kernel.png", "grey.npy"].map((file) =>
    operatorOf(of("kernel-blur", { file }, odd)),
  ) as [Operator, Operator];
  const { outputs } = await evaluate([odd], (emit, [x]) => [
    picture.apply(emit, x as Value),
    array.apply(emit, x as Value),
  ]);
  expect(outputs[0]).toEqual(outputs[1]);
});

describe("operators that cannot be", () => {
  const bind =
    (type: string, params: object, signal: Shape, parts: Case["of"] = {}) =>
    () =>
      operatorOf({ type: `operator/${type}`, params: params as Case["params"], signal, of: parts });

  test.each([
    [
      "bicubic",
      { factor: 4 },
      [3, 16, 18],
      "a height and a width that 4 divides, the image is 16x18",
    ],
    ["compressed-sensing", {}, [3, 16, 24], "powers of two, the image is 16x24"],
    ["colourisation", {}, [1, 16, 24], "a signal of 3 channels, this one has 1"],
    ["colourisation", { weights: [0, 0] }, [2, 8, 8], "may not all be 0"],
    ["mixture", { stems: 3 }, [4, 50], "a signal of 3 channels, this one has 4"],
    ["stem-mask", { known: [4] }, [4, 50], "stem 4 is said to be known, the signal has 4 stems"],
    ["separable", { rows: "rows.npy" }, [3, 9, 13], "take images of 9x9, the image is 9x13"],
    ["separable", { rows: "line.npy" }, [3, 9, 13], "has shape [2]; two axes are expected"],
    ["kernel-blur", { file: "zero-sum.npy" }, [3, 9, 13], "zero-sum.npy add up to 0"],
    ["kernel-blur", { file: "line.npy" }, [3, 9, 13], "line.npy has shape [2]; one matrix"],
    ["gaussian-blur", {}, [4, 50], "acts on images"],
    [
      "ddrm-deblurring",
      { arrays: { U: "square.npy", V: "square.npy", sorted: "line.npy", permutation: "line.npy" } },
      [3, 9, 9],
      "the arrays of the deblurring are 9x9 and 9x9, 2 singular values and 2 places",
    ],
  ] as const)("%s %j on %j: %s", (type, params, signal, sentence) => {
    expect(bind(type, params, signal)).toThrow(sentence);
  });

  test("an outer operator that is bound to another space than the inner one measures", () => {
    const outer = valueOf("operator/average", { factor: 2 });
    const inner = valueOf("operator/average", { factor: 4 });
    if (outer.bound || inner.bound) throw new Error("both are open");
    const inputs = { outer: { bound: true, operator: outer.family.bind([3, 8, 8]) }, inner };
    const both = valueOf("operator/compose", {}, inputs);
    if (both.bound) throw new Error("it is open");
    expect(both.family.signalOf([3, 4, 4])).toEqual([3, 32, 32]);
    expect(both.family.bind([3, 32, 32]).measurement).toEqual([3, 4, 4]);
    expect(() => both.family.bind([3, 64, 64])).toThrow(
      "average x2 takes signals of shape [3,8,8], and average x4 measures [3,16,16]",
    );
  });
});
