import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Operator } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import type { Emit } from "../../runtime/ir/program.ts";
import type { Shape, TensorData } from "../../runtime/tensor/tensor.ts";
import {
  add,
  addNumber,
  div,
  matMul,
  mul,
  padOrCrop,
  scale,
  square,
  sub,
} from "../../runtime/trace/math.ts";
import { lastTwo } from "./family.ts";

export const phase = defineNode({
  type: "operator/phase-retrieval",
  v: 1,
  title: "Phase retrieval",
  summary:
    "Magnitudes of the Fourier transform of the zero-padded image. Not linear. With range [0,1] the signal is first mapped there, so that padding means black; with [-1,1] it is taken as it is, padding means grey, and the sign is ambiguous.",
  formula: "A(x) = \\lvert \\mathcal F\\,\\operatorname{pad}(x) \\rvert",
  source:
    "DPS (arXiv:2209.14687) for [-1,1]; DAPS (arXiv:2407.01521) for [0,1]; padding int(oversample · size / 8) a side",
  params: z.strictObject({
    oversample: z.number().min(0).max(8).default(2),
    range: z.enum(["[0,1]", "[-1,1]"]).default("[0,1]"),
  }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  build: ({ params: { oversample, range } }) => ({
    operator: {
      bound: false,
      family: {
        label: "phase retrieval",
        signalOf: () => null,
        bind: (signal) => bindPhase(signal, { oversample, unit: range === "[0,1]" }),
      },
    },
  }),
});

function bindPhase(
  signal: Shape,
  { oversample, unit }: { readonly oversample: number; readonly unit: boolean },
): Operator {
  const [height, width] = lastTwo(signal);
  const [ph, pw] = [height, width].map((size) => Math.floor((oversample / 8) * size)) as [
    number,
    number,
  ];
  const rows = dftMatrices(height + 2 * ph);
  const columns = dftMatrices(width + 2 * pw);
  const around = [0, 0, ph, pw];
  const crop = [0, 0, -ph, -pw];
  const spectrum = (emit: Emit, x: Value) => {
    const padded = padOrCrop(
      emit,
      unit ? addNumber(emit, scale(emit, x, 0.5), 0.5) : x,
      around,
      around,
    );
    const c = matMul(emit, emit.constant(rows.cos), padded);
    const s = matMul(emit, emit.constant(rows.sin), padded);
    const [cc, ss] = [emit.constant(columns.cos), emit.constant(columns.sin)];
    return {
      re: sub(emit, matMul(emit, c, cc), matMul(emit, s, ss)),
      im: add(emit, matMul(emit, c, ss), matMul(emit, s, cc)),
    };
  };
  const magnitude = (emit: Emit, { re, im }: { readonly re: Value; readonly im: Value }) =>
    emit.op("Sqrt", [add(emit, square(emit, re), square(emit, im))], {});
  return {
    label: "phase retrieval",
    linear: false,
    signal,
    measurement: [signal[0] ?? 1, height + 2 * ph, width + 2 * pw],
    apply: (emit, x) => magnitude(emit, spectrum(emit, x)),
    vjp(emit, x, r) {
      const at = spectrum(emit, x);
      const safe = emit.op("Max", [magnitude(emit, at), emit.scalar(1e-12)], {});
      const ratio = div(emit, r, safe);
      const [re, im] = [mul(emit, ratio, at.re), mul(emit, ratio, at.im)];
      const [c, s] = [emit.constant(rows.cos), emit.constant(rows.sin)];
      const [cc, ss] = [emit.constant(columns.cos), emit.constant(columns.sin)];
      const cosPart = add(emit, matMul(emit, re, cc), matMul(emit, im, ss));
      const sinPart = sub(emit, matMul(emit, im, cc), matMul(emit, re, ss));
      const padded = add(emit, matMul(emit, c, cosPart), matMul(emit, s, sinPart));
      const gradient = padOrCrop(emit, padded, crop, crop);
      return unit ? scale(emit, gradient, 0.5) : gradient;
    },
    lipschitz: unit ? 0.25 : 1,
  };
}

/** cos and sin of 2πjk/n over √n: the orthonormal DFT, both matrices symmetric. */
function dftMatrices(n: number): { readonly cos: TensorData; readonly sin: TensorData } {
  const table = (f: (angle: number) => number): TensorData => ({
    dtype: "float32",
    shape: [n, n],
    data: Float32Array.from({ length: n * n }, (_, i) => {
      const product = (Math.floor(i / n) * (i % n)) % n;
      return f((2 * Math.PI * product) / n) / Math.sqrt(n);
    }),
  });
  return { cos: table(Math.cos), sin: table(Math.sin) };
}
