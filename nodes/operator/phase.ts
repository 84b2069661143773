import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Operator, OperatorEmit, Scalar } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import type { Emit } from "../../runtime/ir/program.ts";
import type { Shape, TensorData } from "../../runtime/tensor/tensor.ts";
import {
  add,
  addNumber,
  affine,
  div,
  matMul,
  mul,
  neg,
  padOrCrop,
  scale,
  square,
  sub,
} from "../../runtime/trace/math.ts";
import { lastTwo } from "./shared/family.ts";

export const phase = defineNode({
  type: "operator/phase-retrieval",
  v: 1,
  title: "Phase retrieval",
  summary:
    "Magnitudes of the Fourier transform of the zero-padded image, the zero frequency in the middle. Not linear. With range [0,1] the signal is first mapped there, so that padding means black; with [-1,1] it is taken as it is, padding means grey, and the sign is ambiguous. The pseudo-inverse is the crude one of the papers, the cropped magnitude of the inverse transform; the projection gives the transform of the signal the measured magnitudes.",
  formula: "A(x) = \\lvert \\mathcal F\\,\\operatorname{pad}(x) \\rvert",
  source:
    "DPS (arXiv:2209.14687) for [-1,1]; DAPS (arXiv:2407.01521) for [0,1]; padding int(oversample · size / 8) a side; projection and equivalent noise as in ProjDiff's code (arXiv:2406.06959), pseudo-inverse as in C-ΠGDM's (arXiv:2405.17673)",
  params: z.strictObject({
    oversample: z.number().min(0).max(8).default(2).meta({
      description:
        "How much the picture is padded before its transform, in eighths of its size a side; more makes retrieval easier.",
    }),
    range: z.enum(["[0,1]", "[-1,1]"]).default("[0,1]").meta({
      description: "The range that signals have before the transform; in [0,1] padding is black.",
    }),
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

interface Padding {
  readonly oversample: number;
  /** The signal is mapped to [0,1] first. */
  readonly unit: boolean;
}

function bindPhase(signal: Shape, { oversample, unit }: Padding): Operator {
  const [height, width] = lastTwo(signal);
  const [ph, pw] = [height, width].map((size) => Math.floor((oversample / 8) * size)) as [
    number,
    number,
  ];
  const [rows, columns] = [height + 2 * ph, width + 2 * pw];
  const { transform, inverse } = fourier(dftMatrices(rows), dftMatrices(columns));
  const pad = (emit: Emit, u: Value) => padOrCrop(emit, u, [0, 0, ph, pw], [0, 0, ph, pw]);
  const crop = (emit: Emit, u: Value) => padOrCrop(emit, u, [0, 0, -ph, -pw], [0, 0, -ph, -pw]);
  const spectrum = (emit: Emit, x: Value) =>
    transform(emit, pad(emit, unit ? affine(emit, x, 0.5, 0.5) : x));
  const apply = (emit: Emit, x: Value) => magnitude(emit, spectrum(emit, x));
  const pinv = (emit: Emit, y: Value) => {
    const { re, im } = inverse(emit, { re: y, im: null });
    const u = crop(emit, magnitude(emit, { re, im }));
    return unit ? affine(emit, u, 2, -1) : u;
  };
  return {
    label: "phase retrieval",
    linear: false,
    signal,
    measurement: [signal[0] ?? 1, rows, columns],
    apply,
    vjp(emit, x, r) {
      const at = spectrum(emit, x);
      const safe = emit.op("Max", [magnitude(emit, at), emit.scalar(1e-12)], {});
      const gradient = crop(emit, inverse(emit, times(emit, at, div(emit, r, safe))).re);
      return unit ? scale(emit, gradient, 0.5) : gradient;
    },
    pinv,
    projector: (emit, x) => pinv(emit, apply(emit, x)),
    project(emit, x, y, s) {
      // A state s x₀ of magnitudes s y: where black is -1, it lies at -s.
      const black = unit ? emit.scalar(s, x.shape.length) : null;
      const u = black === null ? x : scale(emit, add(emit, x, black), 0.5);
      const found = crop(emit, withMagnitudes(emit, pad(emit, u), scaled(emit, y, s)));
      return black === null ? found : sub(emit, scale(emit, found, 2), black);
    },
    equivalentVariance: (sigma) =>
      ((unit ? 4 : 1) * sigma ** 2 * (rows * columns)) / (height * width),
    observedCount: (signal[0] ?? 1) * rows * columns,
    // ‖J v‖ ≤ ‖v‖, and J x = A(x) has the norm of x.
    lipschitz: unit ? 0.25 : 1,
  };

  /** The real part of what has the phases of `u` and the magnitudes `y`. */
  function withMagnitudes(emit: Emit, u: Value, y: Value): Value {
    const at = transform(emit, u);
    const ratio = div(emit, y, addNumber(emit, magnitude(emit, at), 1e-8));
    return inverse(emit, times(emit, at, ratio)).re;
  }
}

const scaled = (emit: OperatorEmit, y: Value, s: Scalar) =>
  mul(emit, y, emit.scalar(s, y.shape.length));

interface Complex {
  readonly re: Value;
  readonly im: Value;
}

const magnitude = (emit: Emit, { re, im }: Complex) =>
  emit.op("Sqrt", [add(emit, square(emit, re), square(emit, im))], {});

const times = (emit: Emit, { re, im }: Complex, factor: Value): Complex => ({
  re: mul(emit, re, factor),
  im: mul(emit, im, factor),
});

interface Dft {
  readonly cos: TensorData;
  readonly sin: TensorData;
}

/** The two-dimensional transform E_r u E_c with E = cos + i sin, and its inverse with the conjugates. */
function fourier(rows: Dft, columns: Dft) {
  return {
    transform(emit: Emit, u: Value): Complex {
      const c = matMul(emit, emit.constant(rows.cos), u);
      const s = matMul(emit, emit.constant(rows.sin), u);
      const [cc, ss] = [emit.constant(columns.cos), emit.constant(columns.sin)];
      return {
        re: sub(emit, matMul(emit, c, cc), matMul(emit, s, ss)),
        im: add(emit, matMul(emit, c, ss), matMul(emit, s, cc)),
      };
    },
    inverse(emit: Emit, { re, im }: Pick<Complex, "re"> & { readonly im: Value | null }): Complex {
      const [c, s] = [emit.constant(rows.cos), emit.constant(rows.sin)];
      const [cc, ss] = [emit.constant(columns.cos), emit.constant(columns.sin)];
      const cosRe = matMul(emit, c, re);
      const sinRe = matMul(emit, s, re);
      const left = im === null ? cosRe : add(emit, cosRe, matMul(emit, s, im));
      const right = im === null ? neg(emit, sinRe) : sub(emit, matMul(emit, c, im), sinRe);
      return {
        re: add(emit, matMul(emit, left, cc), matMul(emit, right, ss)),
        im: sub(emit, matMul(emit, right, cc), matMul(emit, left, ss)),
      };
    },
  };
}

/** cos and sin of 2π(j-m)(k-m)/n over √n, m the middle: the centred orthonormal DFT, both matrices symmetric. */
function dftMatrices(n: number): Dft {
  const middle = Math.floor(n / 2);
  const table = (f: (angle: number) => number): TensorData => ({
    dtype: "float32",
    shape: [n, n],
    data: Float32Array.from({ length: n * n }, (_, i) => {
      const product = (Math.floor(i / n) - middle) * ((i % n) - middle);
      return f((2 * Math.PI * (product % n)) / n) / Math.sqrt(n);
    }),
  });
  return { cos: table(Math.cos), sin: table(Math.sin) };
}
