import type { Params, Value } from "../ir/primitives.ts";
import type { Emit } from "../ir/program.ts";
import { int64, sizeOf, type Shape } from "../tensor/tensor.ts";
import { demand, demandAxis, type Family } from "./family.ts";
import { constantLike, mul, padOrCrop, scale, sliceAxis } from "./write.ts";

type DftParams = Params<"DFT">;

/** Fourier rows. Complex numbers are pairs on the last axis. */
export const spectral: Family<"DFT"> = {
  DFT: {
    infer: ([x], { axis, inverse, onesided, length }) => {
      demandAxis("DFT", axis, x.shape.length - 1);
      const parts = x.shape.at(-1) ?? 0;
      demand(
        parts === 1 || parts === 2,
        "DFT",
        `the last axis must be 1 (real) or 2 (complex), got ${parts}`,
      );
      demand(
        !onesided || inverse === (parts === 2),
        "DFT",
        "a one-sided transform goes from real to half the spectrum, its inverse back",
      );
      const size = onesided && !inverse ? Math.floor(length / 2) + 1 : length;
      return [
        {
          dtype: x.dtype,
          shape: [...x.shape.slice(0, -1).with(axis, size), onesided && inverse ? 1 : 2],
        },
      ];
    },
    vjp: (emit, { inputs: [x], params, cotangents: [g] }) => [
      g ? dftCotangent(emit, g, x.shape, params) : null,
    ],
    cost: ([x], { length }, [y]) =>
      5 * Math.log2(Math.max(2, length)) * sizeOf(y?.shape ?? x.shape),
    onnx: ({ axis, inverse, onesided, length }) => ({
      attributes: { inverse: inverse ? 1 : 0, onesided: onesided ? 1 : 0 },
      extraInputs: { 1: int64([length], []), 2: int64([axis], []) },
    }),
  },
};

/** F* is length times the inverse transform, and the other way round. */
function dftCotangent(emit: Emit, g: Value, shape: Shape, params: DftParams): Value {
  const { axis, inverse, onesided, length } = params;
  if (onesided && inverse) return realInverseCotangent(emit, g, shape, params);
  // The half that a one-sided transform leaves out has no cotangent.
  const whole = onesided ? fit(emit, g, axis, length) : g;
  const back = emit.op("DFT", [whole], { axis, inverse: !inverse, onesided: false, length });
  const scaled = scale(emit, back, inverse ? 1 / length : length);
  const parts = sliceAxis(emit, scaled, -1, { start: 0, end: shape.at(-1) ?? 2 });
  return fit(emit, parts, axis, shape[axis] ?? length);
}

/** Every frequency but the first and, for an even length, the middle one stands for itself and its mirror. */
function realInverseCotangent(
  emit: Emit,
  g: Value,
  shape: Shape,
  { axis, length }: DftParams,
): Value {
  const half = emit.op("DFT", [g], { axis, inverse: false, onesided: true, length });
  const bins = half.shape[axis] ?? 1;
  const weights = Array.from(
    { length: bins },
    (_, k) => (k === 0 || 2 * k === length ? 1 : 2) / length,
  );
  const weighted = mul(
    emit,
    half,
    constantLike(
      emit,
      g,
      weights,
      half.shape.map((_, i) => (i === axis ? bins : 1)),
    ),
  );
  return fit(emit, weighted, axis, shape[axis] ?? bins);
}

/** Cut or filled with zeros at the end of one axis. */
function fit(emit: Emit, a: Value, axis: number, size: number): Value {
  const missing = size - (a.shape[axis] ?? 0);
  return padOrCrop(
    emit,
    a,
    a.shape.map(() => 0),
    a.shape.map((_, i) => (i === axis ? missing : 0)),
  );
}
