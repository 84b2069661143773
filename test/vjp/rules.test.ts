import { describe, expect, test } from "vitest";
import { vjpProgram } from "../../runtime/autodiff/vjp-program.ts";
import { whyIllFormed } from "../../runtime/ir/well-formed.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import { createRecorder, type Recorder } from "../../runtime/trace/recorder.ts";
import {
  float32,
  int64,
  sizeOf,
  type Shape,
  type TensorData,
} from "../../runtime/tensor/tensor.ts";
import { openProgram } from "./run-program.ts";

/** A function of float inputs, checked at a random point (or `from`, `values`) in a random direction. */
interface Case {
  readonly shapes: readonly Shape[];
  readonly build: (r: Recorder, inputs: readonly Value[]) => Value;
  readonly low?: number;
  readonly high?: number;
  readonly step?: number;
}

function random(seed: number) {
  let state = (seed * 2654435761 + 1) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const dot = (a: TensorData, b: TensorData) =>
  Array.from(a.data as Float32Array).reduce((s, v, i) => s + v * Number(b.data[i]), 0);

/** ⟨J u, v⟩ by a central difference against ⟨u, Jᵀ v⟩, each input by itself. */
async function check({ shapes, build, low = -1, high = 1, step = 1e-2 }: Case): Promise<void> {
  const r = createRecorder();
  const inputs = shapes.map((shape) => r.input({ dtype: "float32", shape }));
  const program = r.finish([build(r, inputs)]);
  const next = random(7);
  const tensor = (shape: Shape, a: number, b: number) =>
    float32(
      Array.from({ length: sizeOf(shape) }, () => a + (b - a) * next()),
      shape,
    );
  const x = shapes.map((shape) => tensor(shape, low, high));
  const u = shapes.map((shape) => tensor(shape, -1, 1));
  const v = tensor(program.outputs[0]!.shape, -1, 1);
  const forward = await openProgram(program);
  const gradient = vjpProgram(program, { wrt: shapes.map((_, i) => i) });
  expect(whyIllFormed(gradient)).toBeNull();
  const session = await openProgram(gradient);
  const [, ...got] = await session.run([...x, v]);
  for (const [i, shape] of shapes.entries()) {
    expect(got[i]!.shape).toEqual(shape);
    const moved = (h: number) =>
      x.map((t, j) =>
        j === i
          ? float32(
              Array.from(t.data as Float32Array, (a, k) => a + h * Number(u[i]!.data[k])),
              shape,
            )
          : t,
      );
    const [plus] = await forward.run(moved(step));
    const [minus] = await forward.run(moved(-step));
    const directional = (dot(plus!, v) - dot(minus!, v)) / (2 * step);
    const size = Math.sqrt(dot(got[i]!, got[i]!) * dot(u[i]!, u[i]!)) + 1e-3;
    expect(Math.abs(directional - dot(got[i]!, u[i]!)) / size, `input ${i}`).toBeLessThan(4e-3);
  }
  await Promise.all([forward.release(), session.release()]);
}

const unaries = [
  "Abs",
  "Neg",
  "Exp",
  "Erf",
  "Sigmoid",
  "Tanh",
  "Relu",
  "Softplus",
  "Softsign",
  "Sin",
  "Cos",
  "Tan",
  "Atan",
  "Sinh",
  "Cosh",
  "HardSwish",
  "Mish",
  "Identity",
] as const;
const window1 = { strides: [1], pads: [0, 0], dilations: [1] };
const window2 = { strides: [1, 1], pads: [0, 0, 0, 0], dilations: [1, 1] };
const resizeBase = {
  coordinateTransformationMode: "half_pixel",
  nearestMode: "round_prefer_floor",
  cubicCoeffA: -0.75,
  antialias: false,
  excludeOutside: false,
} as const;
const x34: readonly Shape[] = [[3, 4]];

const cases: Record<string, Case> = {
  ...Object.fromEntries(
    unaries.map((name) => [
      name,
      {
        shapes: [[7, 9]],
        step: 2e-4 * 5,
        build: (r, [x]) => r.op(name as "Exp", [x!], {}),
      } satisfies Case,
    ]),
  ),
  Log: { shapes: x34, low: 0.5, high: 2, build: (r, [x]) => r.op("Log", [x!], {}) },
  Sqrt: { shapes: x34, low: 0.5, high: 2, build: (r, [x]) => r.op("Sqrt", [x!], {}) },
  Reciprocal: { shapes: x34, low: 0.5, high: 2, build: (r, [x]) => r.op("Reciprocal", [x!], {}) },
  "Elu alpha 1": { shapes: x34, build: (r, [x]) => r.op("Elu", [x!], { alpha: 1 }) },
  "Elu alpha 0.7": {
    shapes: x34,
    step: 1e-3,
    build: (r, [x]) => r.op("Elu", [x!], { alpha: 0.7 }),
  },
  LeakyRelu: {
    shapes: x34,
    step: 1e-3,
    build: (r, [x]) => r.op("LeakyRelu", [x!], { alpha: 0.2 }),
  },
  Selu: {
    shapes: x34,
    step: 1e-3,
    build: (r, [x]) => r.op("Selu", [x!], { alpha: 1.67, gamma: 1.05 }),
  },
  HardSigmoid: {
    shapes: x34,
    low: -4,
    high: 4,
    step: 1e-3,
    build: (r, [x]) => r.op("HardSigmoid", [x!], { alpha: 0.2, beta: 0.5 }),
  },
  "Gelu erf": { shapes: x34, build: (r, [x]) => r.op("Gelu", [x!], { approximate: "none" }) },
  "Gelu tanh": { shapes: x34, build: (r, [x]) => r.op("Gelu", [x!], { approximate: "tanh" }) },
  Clip: {
    shapes: [[5, 7]],
    step: 1e-3,
    build: (r, [x]) =>
      r.op("Clip", [x!, r.constant(float32([-0.4], [])), r.constant(float32([0.5], []))], {}),
  },
  "Clip, its bounds": {
    shapes: [[5, 7], []],
    low: 0,
    high: 1,
    step: 1e-3,
    build: (r, [x, b]) => r.op("Clip", [x!, null, b!], {}),
  },
  "PRelu a channel": {
    shapes: [
      [2, 3, 5],
      [3, 1],
    ],
    step: 1e-3,
    build: (r, [x, s]) => r.op("PRelu", [x!, s!], {}),
  },
  "Cast there and back": {
    shapes: x34,
    build: (r, [x]) => r.op("Cast", [r.op("Cast", [x!], { to: "float64" })], { to: "float32" }),
  },
  "Add broadcast": {
    shapes: [
      [2, 3, 4],
      [3, 1],
    ],
    build: (r, [a, b]) => r.op("Add", [a!, b!], {}),
  },
  "Sub broadcast": { shapes: [[4], [2, 3, 1]], build: (r, [a, b]) => r.op("Sub", [a!, b!], {}) },
  "Mul of itself": { shapes: x34, build: (r, [a]) => r.op("Mul", [a!, a!], {}) },
  "Mul broadcast": { shapes: [[2, 3, 4], []], build: (r, [a, b]) => r.op("Mul", [a!, b!], {}) },
  "Div broadcast": {
    shapes: [
      [2, 3, 4],
      [1, 3, 1],
    ],
    low: 0.5,
    high: 2,
    build: (r, [a, b]) => r.op("Div", [a!, b!], {}),
  },
  "Pow, both": {
    shapes: [[3, 4], [4]],
    low: 0.5,
    high: 2,
    build: (r, [a, b]) => r.op("Pow", [a!, b!], {}),
  },
  "Pow 2": { shapes: x34, build: (r, [a]) => r.op("Pow", [a!, r.constant(float32([2], []))], {}) },
  "Pow 2, integer exponent": {
    shapes: x34,
    build: (r, [a]) => r.op("Pow", [a!, r.constant(int64([2], []))], {}),
  },
  "Pow 3.5": {
    shapes: x34,
    low: 0.5,
    high: 2,
    build: (r, [a]) => r.op("Pow", [a!, r.constant(float32([3.5], []))], {}),
  },
  Min: { shapes: [[3, 4], [4]], step: 1e-3, build: (r, [a, b]) => r.op("Min", [a!, b!], {}) },
  Max: { shapes: [[3, 4], [4]], step: 1e-3, build: (r, [a, b]) => r.op("Max", [a!, b!], {}) },
  Mod: {
    shapes: [[3, 4], [4]],
    low: 0.5,
    high: 2,
    step: 1e-4 * 5,
    build: (r, [a, b]) =>
      r.op("Mod", [r.op("Mul", [a!, r.constant(float32([3], []))], {}), b!], { fmod: true }),
  },
  Where: {
    shapes: [[3, 4], [4]],
    build: (r, [a, b]) =>
      r.op(
        "Where",
        [
          r.op(
            "Greater",
            [r.constant(float32([1, -1, 1], [3, 1])), r.constant(float32([0], []))],
            {},
          ),
          a!,
          b!,
        ],
        {},
      ),
  },
  "MatMul 2x2": {
    shapes: [
      [3, 4],
      [4, 5],
    ],
    build: (r, [a, b]) => r.op("MatMul", [a!, b!], {}),
  },
  "MatMul batch broadcast": {
    shapes: [
      [2, 1, 3, 4],
      [5, 4, 6],
    ],
    build: (r, [a, b]) => r.op("MatMul", [a!, b!], {}),
  },
  "MatMul batch by matrix": {
    shapes: [
      [2, 3, 4],
      [4, 6],
    ],
    build: (r, [a, b]) => r.op("MatMul", [a!, b!], {}),
  },
  "MatMul matrix by batch": {
    shapes: [
      [3, 4],
      [2, 4, 6],
    ],
    build: (r, [a, b]) => r.op("MatMul", [a!, b!], {}),
  },
  "MatMul vector by matrix": {
    shapes: [[4], [2, 4, 6]],
    build: (r, [a, b]) => r.op("MatMul", [a!, b!], {}),
  },
  "MatMul batch by vector": {
    shapes: [[2, 3, 4], [4]],
    build: (r, [a, b]) => r.op("MatMul", [a!, b!], {}),
  },
  "MatMul vectors": { shapes: [[4], [4]], build: (r, [a, b]) => r.op("MatMul", [a!, b!], {}) },
  ...Object.fromEntries(
    [false, true].flatMap((transA) =>
      [false, true].map((transB) => [
        `Gemm ${transA} ${transB}`,
        {
          shapes: [transA ? [4, 3] : [3, 4], transB ? [5, 4] : [4, 5], [5]],
          build: (r, [a, b, c]) =>
            r.op("Gemm", [a!, b!, c!], { alpha: 0.5, beta: 2, transA, transB }),
        } satisfies Case,
      ]),
    ),
  ),
  ...Object.fromEntries(
    (
      [
        [
          "bhid,bhjd->bhij",
          [
            [2, 3, 4, 5],
            [2, 3, 6, 5],
          ],
        ],
        [
          "ncij,nkij->nck",
          [
            [2, 3, 4, 5],
            [2, 6, 4, 5],
          ],
        ],
        ["abc,c->ab", [[2, 3, 4], [4]]],
        [
          "ab,bc->",
          [
            [2, 3],
            [3, 4],
          ],
        ],
        [
          "ab,cd->ac",
          [
            [2, 3],
            [4, 5],
          ],
        ],
        ["ii->i", [[4, 4]]],
        ["ii->", [[4, 4]]],
        [
          "...ij,...jk->...ik",
          [
            [2, 3, 4],
            [2, 4, 3],
          ],
        ],
        ["ij->ji", [[2, 3]]],
        [
          "ij,jk,kl->il",
          [
            [2, 3],
            [3, 4],
            [4, 2],
          ],
        ],
        [
          "ij,jk",
          [
            [2, 3],
            [3, 4],
          ],
        ],
        [
          "...ij,jk->...ik",
          [
            [5, 2, 4],
            [4, 3],
          ],
        ],
      ] as [string, Shape[]][]
    ).map(([equation, shapes]) => [
      `Einsum ${equation}`,
      { shapes, build: (r, inputs) => r.op("Einsum", inputs, { equation }) } satisfies Case,
    ]),
  ),
  "Conv 3x3": {
    shapes: [[2, 3, 6, 7], [4, 3, 3, 3], [4]],
    build: (r, [x, w, b]) =>
      r.op("Conv", [x!, w!, b!], { ...window2, pads: [1, 1, 1, 1], group: 1 }),
  },
  "Conv, more pad than reach": {
    shapes: [
      [1, 2, 5, 5],
      [3, 2, 2, 2],
    ],
    build: (r, [x, w]) =>
      r.op("Conv", [x!, w!, null], { ...window2, pads: [2, 3, 1, 0], group: 1 }),
  },
  "Conv stride 2, uneven": {
    shapes: [
      [2, 3, 8, 7],
      [4, 3, 3, 3],
    ],
    build: (r, [x, w]) =>
      r.op("Conv", [x!, w!, null], {
        strides: [2, 2],
        pads: [0, 0, 1, 1],
        dilations: [1, 1],
        group: 1,
      }),
  },
  "Conv stride 3 of 2x2": {
    shapes: [
      [2, 3, 9, 8],
      [4, 3, 2, 2],
    ],
    build: (r, [x, w]) =>
      r.op("Conv", [x!, w!, null], {
        strides: [3, 3],
        pads: [0, 0, 0, 0],
        dilations: [1, 1],
        group: 1,
      }),
  },
  "Conv dilated": {
    shapes: [
      [2, 3, 9, 9],
      [4, 3, 3, 3],
    ],
    build: (r, [x, w]) =>
      r.op("Conv", [x!, w!, null], {
        strides: [1, 1],
        pads: [2, 2, 2, 2],
        dilations: [2, 2],
        group: 1,
      }),
  },
  "Conv depthwise": {
    shapes: [
      [2, 3, 6, 6],
      [3, 1, 4, 4],
    ],
    build: (r, [x, w]) =>
      r.op("Conv", [x!, w!, null], { ...window2, pads: [2, 1, 1, 2], group: 3 }),
  },
  "Conv groups": {
    shapes: [
      [2, 4, 6, 6],
      [6, 2, 3, 3],
    ],
    build: (r, [x, w]) =>
      r.op("Conv", [x!, w!, null], { ...window2, pads: [1, 1, 1, 1], group: 2 }),
  },
  "Conv groups, stride 2": {
    shapes: [
      [2, 4, 6, 6],
      [6, 2, 3, 3],
    ],
    build: (r, [x, w]) =>
      r.op("Conv", [x!, w!, null], {
        strides: [2, 2],
        dilations: [1, 1],
        pads: [1, 1, 1, 1],
        group: 2,
      }),
  },
  "Conv 1-D": {
    shapes: [
      [2, 3, 11],
      [4, 3, 5],
    ],
    build: (r, [x, w]) => r.op("Conv", [x!, w!, null], { ...window1, pads: [2, 2], group: 1 }),
  },
  "Conv 1-D stride 2": {
    shapes: [
      [2, 3, 12],
      [4, 3, 8],
    ],
    build: (r, [x, w]) =>
      r.op("Conv", [x!, w!, null], { strides: [2], dilations: [1], pads: [3, 3], group: 1 }),
  },
  "Conv 3-D": {
    shapes: [
      [1, 2, 4, 4, 4],
      [3, 2, 3, 3, 3],
    ],
    build: (r, [x, w]) =>
      r.op("Conv", [x!, w!, null], {
        strides: [1, 1, 1],
        dilations: [1, 1, 1],
        pads: [1, 1, 1, 1, 1, 1],
        group: 1,
      }),
  },
  ConvTranspose: {
    shapes: [[2, 3, 4, 5], [3, 4, 4, 4], [4]],
    build: (r, [x, w, b]) =>
      r.op("ConvTranspose", [x!, w!, b!], {
        strides: [2, 2],
        dilations: [1, 1],
        pads: [1, 1, 1, 1],
        outputPadding: [1, 1],
        group: 1,
      }),
  },
  "ConvTranspose depthwise 1-D": {
    shapes: [
      [2, 3, 6],
      [3, 1, 8],
    ],
    build: (r, [x, w]) =>
      r.op("ConvTranspose", [x!, w!, null], {
        strides: [2],
        dilations: [1],
        pads: [3, 3],
        outputPadding: [0],
        group: 3,
      }),
  },
  Reshape: { shapes: x34, build: (r, [x]) => r.op("Reshape", [x!], { shape: [2, 6] }) },
  Transpose: {
    shapes: [[2, 3, 4]],
    build: (r, [x]) => r.op("Transpose", [x!], { perm: [2, 0, 1] }),
  },
  Expand: { shapes: [[3, 1]], build: (r, [x]) => r.op("Expand", [x!], { shape: [2, 3, 4] }) },
  Concat: {
    shapes: [
      [2, 3],
      [2, 4],
    ],
    build: (r, [a, b]) => r.op("Concat", [a!, b!], { axis: 1 }),
  },
  "Split, one part": {
    shapes: [[2, 7]],
    build: (r, [x]) => r.ops("Split", [x!], { axis: 1, sizes: [2, 3, 2] })[1]!,
  },
  "Split, two of three": {
    shapes: [[2, 9]],
    build: (r, [x]) => {
      const [a, , c] = r.ops("Split", [x!], { axis: 1, sizes: [3, 3, 3] });
      return r.op("Mul", [a!, c!], {});
    },
  },
  "Slice step 1": {
    shapes: [[4, 7]],
    build: (r, [x]) => r.op("Slice", [x!], { starts: [1, 2], ends: [3, 6], steps: [1, 1] }),
  },
  "Slice step 2": {
    shapes: [[5, 8]],
    build: (r, [x]) => r.op("Slice", [x!], { starts: [0, 1], ends: [5, 8], steps: [2, 2] }),
  },
  "Slice step 3, uneven": {
    shapes: [[4, 8]],
    build: (r, [x]) => r.op("Slice", [x!], { starts: [0, 2], ends: [4, 7], steps: [1, 3] }),
  },
  "Slice backwards": {
    shapes: [[4, 8]],
    build: (r, [x]) => r.op("Slice", [x!], { starts: [3, 6], ends: [-1, 1], steps: [-1, -2] }),
  },
  "Pad constant": {
    shapes: [[3, 4]],
    build: (r, [x]) => r.op("Pad", [x!], { pads: [1, 0, 2, -1], mode: "constant", value: 0.5 }),
  },
  ...Object.fromEntries(
    (["reflect", "edge", "wrap"] as const).map((mode) => [
      `Pad ${mode}`,
      {
        shapes: [[4, 5]],
        build: (r, [x]) => r.op("Pad", [x!], { pads: [2, 1, 0, 3], mode, value: 0 }),
      } satisfies Case,
    ]),
  ),
  ...Object.fromEntries(
    (["reflect", "edge"] as const).map((mode) => [
      `Pad ${mode}, cropping`,
      {
        shapes: [[4, 6]],
        build: (r, [x]) => r.op("Pad", [x!], { pads: [0, -1, 0, 2], mode, value: 0 }),
      } satisfies Case,
    ]),
  ),
  Tile: { shapes: [[2, 3]], build: (r, [x]) => r.op("Tile", [x!], { repeats: [2, 3] }) },
  Gather: {
    shapes: [[2, 5, 3]],
    build: (r, [x]) => r.op("Gather", [x!, r.constant(int64([0, 3, 3, -1], [2, 2]))], { axis: 1 }),
  },
  "Gather scalar": {
    shapes: [[2, 5, 3]],
    build: (r, [x]) => r.op("Gather", [x!, r.constant(int64([2], []))], { axis: 1 }),
  },
  GatherElements: {
    shapes: [[3, 4]],
    build: (r, [x]) =>
      r.op("GatherElements", [x!, r.constant(int64([0, 0, 3, 1, 2, 2], [3, 2]))], { axis: 1 }),
  },
  GatherND: {
    shapes: [[3, 4]],
    build: (r, [x]) =>
      r.op("GatherND", [x!, r.constant(int64([0, 1, 2, 3, 0, 1], [3, 2]))], { batchDims: 0 }),
  },
  "GatherND batched": {
    shapes: [[2, 3, 4]],
    build: (r, [x]) =>
      r.op("GatherND", [x!, r.constant(int64([0, 2, 1, 1], [2, 2, 1]))], { batchDims: 1 }),
  },
  ...Object.fromEntries(
    (["none", "add"] as const).map((reduction) => [
      `ScatterElements ${reduction}`,
      {
        shapes: [
          [3, 4],
          [3, 2],
        ],
        build: (r, [x, u]) =>
          r.op("ScatterElements", [x!, r.constant(int64([0, 1, 3, 1, 2, 0], [3, 2])), u!], {
            axis: 1,
            reduction,
          }),
      } satisfies Case,
    ]),
  ),
  ...Object.fromEntries(
    (["none", "add"] as const).map((reduction) => [
      `ScatterND ${reduction}`,
      {
        shapes: [
          [4, 3],
          [2, 3],
        ],
        build: (r, [x, u]) =>
          r.op("ScatterND", [x!, r.constant(int64([3, 1], [2, 1])), u!], { reduction }),
      } satisfies Case,
    ]),
  ),
  ...Object.fromEntries(
    (["DCR", "CRD"] as const).map((mode) => [
      `DepthToSpace ${mode}`,
      {
        shapes: [[1, 8, 2, 3]],
        build: (r, [x]) => r.op("DepthToSpace", [x!], { blocksize: 2, mode }),
      } satisfies Case,
    ]),
  ),
  SpaceToDepth: {
    shapes: [[1, 2, 4, 6]],
    build: (r, [x]) => r.op("SpaceToDepth", [x!], { blocksize: 2 }),
  },
  "Resize nearest x2": {
    shapes: [[1, 2, 3, 4]],
    build: (r, [x]) =>
      r.op("Resize", [x!], {
        ...resizeBase,
        sizes: [1, 2, 6, 8],
        scales: [1, 1, 2, 2],
        mode: "nearest",
        coordinateTransformationMode: "asymmetric",
        nearestMode: "floor",
      }),
  },
  "Resize nearest, uneven": {
    shapes: [[1, 2, 3, 4]],
    build: (r, [x]) =>
      r.op("Resize", [x!], {
        ...resizeBase,
        sizes: [1, 2, 5, 7],
        scales: [1, 1, 5 / 3, 7 / 4],
        mode: "nearest",
        coordinateTransformationMode: "asymmetric",
        nearestMode: "floor",
      }),
  },
  ...Object.fromEntries(
    ["half_pixel", "align_corners", "asymmetric", "pytorch_half_pixel"].flatMap(
      (coordinateTransformationMode) =>
        (["linear", "cubic", "nearest"] as const).flatMap((mode) =>
          [
            [5, 9],
            [3, 2],
          ].map((out) => [
            `Resize ${mode} ${coordinateTransformationMode} ${out.join("x")}`,
            {
              shapes: [[1, 2, 4, 6]],
              build: (r, [x]) =>
                r.op("Resize", [x!], {
                  ...resizeBase,
                  sizes: [1, 2, ...out],
                  scales: [1, 1, out[0]! / 4, out[1]! / 6],
                  mode,
                  coordinateTransformationMode,
                }),
            } satisfies Case,
          ]),
        ),
    ),
  ),
  ...Object.fromEntries(
    (["linear", "cubic"] as const).map((mode) => [
      `Resize ${mode} antialias`,
      {
        shapes: [[1, 2, 8, 9]],
        build: (r, [x]) =>
          r.op("Resize", [x!], {
            ...resizeBase,
            antialias: true,
            sizes: [1, 2, 4, 4],
            scales: [1, 1, 4 / 8, 4 / 9],
            mode,
          }),
      } satisfies Case,
    ]),
  ),
  ...Object.fromEntries(
    (["linear", "cubic"] as const).map((mode) => [
      `Resize ${mode} antialias, exclude outside`,
      {
        shapes: [[1, 2, 8, 9]],
        build: (r, [x]) =>
          r.op("Resize", [x!], {
            ...resizeBase,
            antialias: true,
            excludeOutside: true,
            sizes: [1, 2, 4, 4],
            scales: [1, 1, 4 / 8, 4 / 9],
            mode,
          }),
      } satisfies Case,
    ]),
  ),
  "Resize cubic, exclude outside": {
    shapes: [[1, 2, 4, 6]],
    build: (r, [x]) =>
      r.op("Resize", [x!], {
        ...resizeBase,
        excludeOutside: true,
        sizes: [1, 2, 8, 12],
        scales: [1, 1, 2, 2],
        mode: "cubic",
      }),
  },
  "Resize linear 1-D": {
    shapes: [[1, 2, 6]],
    build: (r, [x]) =>
      r.op("Resize", [x!], { ...resizeBase, sizes: [1, 2, 12], scales: [1, 1, 2], mode: "linear" }),
  },
  ...Object.fromEntries(
    [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ].map(([exclusive, reverse]) => [
      `CumSum ${exclusive} ${reverse}`,
      {
        shapes: [[3, 4]],
        build: (r, [x]) =>
          r.op("CumSum", [x!], { axis: 1, exclusive: exclusive!, reverse: reverse! }),
      } satisfies Case,
    ]),
  ),
  Trilu: { shapes: [[4, 4]], build: (r, [x]) => r.op("Trilu", [x!], { upper: false, k: 1 }) },
  ...Object.fromEntries(
    (
      [
        "ReduceSum",
        "ReduceMean",
        "ReduceMax",
        "ReduceMin",
        "ReduceProd",
        "ReduceL1",
        "ReduceL2",
        "ReduceSumSquare",
        "ReduceLogSumExp",
      ] as const
    ).flatMap((name) =>
      [
        [[1], true],
        [[0, 2], false],
        [[0, 1, 2], false],
      ].map(([axes, keepdims]) => [
        `${name} ${JSON.stringify(axes)}`,
        {
          shapes: [[2, 3, 4]],
          step: 2e-3,
          build: (r, [x]) =>
            r.op(name as "ReduceSum", [x!], {
              axes: axes as number[],
              keepdims: keepdims as boolean,
            }),
        } satisfies Case,
      ]),
    ),
  ),
  TopK: {
    shapes: [[3, 7]],
    step: 1e-3,
    build: (r, [x]) => r.op("TopK", [x!], { k: 3, axis: 1, largest: true, sorted: true }),
  },
  "Softmax last": { shapes: x34, build: (r, [x]) => r.op("Softmax", [x!], { axis: 1 }) },
  "Softmax inner": { shapes: [[2, 3, 4]], build: (r, [x]) => r.op("Softmax", [x!], { axis: 1 }) },
  LogSoftmax: { shapes: [[2, 3, 4]], build: (r, [x]) => r.op("LogSoftmax", [x!], { axis: 1 }) },
  "InstanceNormalization rank 3": {
    shapes: [[2, 3, 5], [3], [3]],
    build: (r, [x, s, b]) => r.op("InstanceNormalization", [x!, s!, b!], { epsilon: 1e-5 }),
  },
  "InstanceNormalization rank 4": {
    shapes: [[2, 3, 4, 5], [3], [3]],
    build: (r, [x, s, b]) => r.op("InstanceNormalization", [x!, s!, b!], { epsilon: 1e-5 }),
  },
  "LayerNormalization last": {
    shapes: [[2, 3, 5], [5], [5]],
    build: (r, [x, s, b]) => r.op("LayerNormalization", [x!, s!, b!], { axis: 2, epsilon: 1e-5 }),
  },
  "LayerNormalization two axes": {
    shapes: [
      [2, 3, 5],
      [3, 5],
    ],
    build: (r, [x, s]) => r.op("LayerNormalization", [x!, s!, null], { axis: 1, epsilon: 1e-5 }),
  },
  BatchNormalization: {
    shapes: [[2, 3, 4], [3], [3], [3], [3]],
    low: 0.5,
    high: 1.5,
    build: (r, [x, s, b, m, v]) =>
      r.op("BatchNormalization", [x!, s!, b!, m!, v!], { epsilon: 1e-5 }),
  },
  "AveragePool 2x2": {
    shapes: [[1, 2, 4, 6]],
    build: (r, [x]) =>
      r.op("AveragePool", [x!], {
        kernel: [2, 2],
        strides: [2, 2],
        pads: [0, 0, 0, 0],
        dilations: [1, 1],
        countIncludePad: false,
        ceilMode: false,
      }),
  },
  "AveragePool 2x2, odd": {
    shapes: [[1, 2, 5, 7]],
    build: (r, [x]) =>
      r.op("AveragePool", [x!], {
        kernel: [2, 2],
        strides: [2, 2],
        pads: [0, 0, 0, 0],
        dilations: [1, 1],
        countIncludePad: false,
        ceilMode: false,
      }),
  },
  ...Object.fromEntries(
    [false, true].flatMap((countIncludePad) =>
      [false, true].map((ceilMode) => [
        `AveragePool 3x3 stride 2, pad in count ${countIncludePad}, ceil ${ceilMode}`,
        {
          shapes: [[1, 2, 6, 8]],
          build: (r, [x]) =>
            r.op("AveragePool", [x!], {
              kernel: [3, 3],
              strides: [2, 2],
              pads: [1, 1, 1, 1],
              dilations: [1, 1],
              countIncludePad,
              ceilMode,
            }),
        } satisfies Case,
      ]),
    ),
  ),
  "AveragePool 1-D": {
    shapes: [[1, 2, 7]],
    build: (r, [x]) =>
      r.op("AveragePool", [x!], {
        kernel: [3],
        strides: [1],
        pads: [1, 1],
        dilations: [1],
        countIncludePad: true,
        ceilMode: false,
      }),
  },
  "MaxPool 2x2": {
    shapes: [[1, 2, 4, 6]],
    step: 1e-3,
    build: (r, [x]) =>
      r.op("MaxPool", [x!], {
        kernel: [2, 2],
        strides: [2, 2],
        pads: [0, 0, 0, 0],
        dilations: [1, 1],
        ceilMode: false,
      }),
  },
  "MaxPool 5x5 stride 1": {
    shapes: [[1, 2, 7, 8]],
    step: 1e-3,
    build: (r, [x]) =>
      r.op("MaxPool", [x!], {
        kernel: [5, 5],
        strides: [1, 1],
        pads: [2, 2, 2, 2],
        dilations: [1, 1],
        ceilMode: false,
      }),
  },
  "MaxPool 3x3 stride 2, ceil": {
    shapes: [[1, 2, 7, 8]],
    step: 1e-3,
    build: (r, [x]) =>
      r.op("MaxPool", [x!], {
        kernel: [3, 3],
        strides: [2, 2],
        pads: [0, 0, 1, 1],
        dilations: [1, 1],
        ceilMode: true,
      }),
  },
  "MaxPool 1-D dilated": {
    shapes: [[1, 2, 9]],
    step: 1e-3,
    build: (r, [x]) =>
      r.op("MaxPool", [x!], {
        kernel: [3],
        strides: [1],
        pads: [2, 2],
        dilations: [2],
        ceilMode: false,
      }),
  },
  "DFT real": {
    shapes: [[2, 6, 1]],
    build: (r, [x]) => r.op("DFT", [x!], { axis: 1, inverse: false, onesided: false, length: 6 }),
  },
  "DFT complex, longer": {
    shapes: [[2, 6, 2]],
    build: (r, [x]) => r.op("DFT", [x!], { axis: 1, inverse: false, onesided: false, length: 8 }),
  },
  "DFT inverse, shorter": {
    shapes: [[2, 6, 2]],
    build: (r, [x]) => r.op("DFT", [x!], { axis: 1, inverse: true, onesided: false, length: 5 }),
  },
  "DFT one-sided": {
    shapes: [[2, 6, 1]],
    build: (r, [x]) => r.op("DFT", [x!], { axis: 1, inverse: false, onesided: true, length: 6 }),
  },
  "DFT one-sided, odd, first axis": {
    shapes: [[5, 2, 1]],
    build: (r, [x]) => r.op("DFT", [x!], { axis: 0, inverse: false, onesided: true, length: 5 }),
  },
};

const window = { ...window2, pads: [1, 1, 1, 1], group: 1 };

/** The gradient of a function, as a function of its inputs and a cotangent: differentiated once more. */
function gradientOf({ shapes, build }: Pick<Case, "shapes" | "build">): Case {
  const inner = createRecorder();
  const inputs = shapes.map((shape) => inner.input({ dtype: "float32", shape }));
  const program = inner.finish([build(inner, inputs)]);
  const gradient = vjpProgram(program, { keepOutputs: false });
  return {
    shapes: gradient.inputs.map(({ shape }) => shape),
    build: (r, values) => r.inline(gradient, values)[0]!,
  };
}

const secondOrder: Record<string, Case> = {
  "x sigmoid(x)": gradientOf({
    shapes: [[3, 5]],
    build: (r, [x]) => r.op("Mul", [x!, r.op("Sigmoid", [x!], {})], {}),
  }),
  "InstanceNormalization and Conv": gradientOf({
    shapes: [
      [1, 2, 4, 4],
      [2, 2, 3, 3],
    ],
    build: (r, [x, w]) => {
      const normal = r.op(
        "InstanceNormalization",
        [x!, r.constant(float32([1, 2], [2])), r.constant(float32([0, 1], [2]))],
        { epsilon: 1e-5 },
      );
      return r.op("Conv", [r.op("Tanh", [normal], {}), w!, null], window);
    },
  }),
  "a norm": gradientOf({
    shapes: [[4, 3]],
    build: (r, [x]) => r.op("ReduceL2", [x!], { axes: [1], keepdims: false }),
  }),
  "Resize and AveragePool": gradientOf({
    shapes: [[1, 2, 4, 4]],
    build: (r, [x]) => {
      const large = r.op("Resize", [r.op("Exp", [x!], {})], {
        ...resizeBase,
        sizes: [1, 2, 8, 8],
        scales: [1, 1, 2, 2],
        mode: "nearest",
        coordinateTransformationMode: "asymmetric",
        nearestMode: "floor",
      });
      return r.op("AveragePool", [r.op("Mul", [large, large], {})], {
        kernel: [2, 2],
        strides: [2, 2],
        pads: [0, 0, 0, 0],
        dilations: [1, 1],
        countIncludePad: false,
        ceilMode: false,
      });
    },
  }),
  Softmax: gradientOf({ shapes: [[3, 5]], build: (r, [x]) => r.op("Softmax", [x!], { axis: 1 }) }),
};

describe("the gradient of a gradient agrees with a central difference", () => {
  test.each(Object.entries(secondOrder))("%s", async (_, one) => {
    await check({ ...one, step: 2e-3 });
  });
});

describe("the gradient of a norm is 0 at 0", () => {
  test.each(["ReduceL2", "Sqrt of a sum"])("%s", async (form) => {
    const r = createRecorder();
    const x = r.input({ dtype: "float32", shape: [2, 3] });
    const sum = { axes: [1], keepdims: false };
    const y =
      form === "ReduceL2"
        ? r.op("ReduceL2", [x], sum)
        : r.op("Sqrt", [r.op("ReduceSum", [r.op("Mul", [x, x], {})], sum)], {});
    const session = await openProgram(vjpProgram(r.finish([y]), { keepOutputs: false }));
    const [dx] = await session.run([float32([0, 0, 0, 3, 0, 4], [2, 3]), float32([1, 1], [2])]);
    await session.release();
    expect(Array.from(dx!.data as Float32Array, (n) => Number(n.toFixed(6)))).toEqual([
      0, 0, 0, 0.6, 0, 0.8,
    ]);
  });
});

describe("the gradient rule agrees with a central difference", () => {
  test.each(Object.entries(cases))("%s", async (_, one) => {
    await check(one);
  });
});
