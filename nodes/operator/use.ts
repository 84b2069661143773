import { z } from "zod";
import { issueError } from "../../runtime/base/issue.ts";
import { defineNode, optional } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Operator, OperatorEmit, Scalar } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import { sizeOf } from "../../runtime/tensor/tensor.ts";
import { constantHost, mapHost } from "../../runtime/trace/host.ts";
import { add, mul, scale, sub } from "../../runtime/trace/math.ts";
import { hostNumber } from "../scalars.ts";
import { boundOperator } from "../space.ts";

const none = z.strictObject({});

/** A column of an operator, or the refusal that names what lacks it and what would do instead. */
function column<K extends keyof Operator>(operator: Operator, name: K, instead: string): NonNullable<Operator[K]> {
  const found = operator[name];
  if (found !== undefined) return found as NonNullable<Operator[K]>;
  throw issueError("operator.lacks", `${operator.label} has no ${columnNames[name] ?? name}.`, {}, { fix: instead });
}

const columnNames: Partial<Record<keyof Operator, string>> = {
  adjoint: "adjoint",
  pinv: "pseudo-inverse",
  projector: "projector",
  pinvTransposed: "transposed pseudo-inverse",
  equivalentVariance: "scalar equivalent noise level",
  svd: "singular value decomposition",
};
const useGradient = "A sampler that needs only the operator's gradient works: DPS-MO, DPS, DAPS.";

export const inSpace = defineNode({
  type: "operator/in-space",
  v: 1,
  title: "Operator in a space",
  summary: "Tells an operator the shape of its signals. Where no signal is given the operator stays open, and takes the shape that its measurement implies.",
  formula: "A: \\mathbb R^{C\\times H\\times W} \\to \\mathcal Y",
  source: "Denoodle",
  params: none,
  scalars: none,
  inputs: { operator: port.operator(), space: optional(port.signal()) },
  outputs: { operator: port.operator() },
  build({ inputs: { operator, space } }) {
    if (operator.bound || space === undefined) return { operator };
    return { operator: { bound: true, operator: operator.family.bind(space.shape.slice(1)) } };
  },
});

export const measure = defineNode({
  type: "operator/measure",
  v: 1,
  title: "Measure",
  summary: "What a sensor would record of a signal: the operator's output with Gaussian noise of the given standard deviation on it.",
  formula: "y = A(x) + \\sigma_y\\, n",
  source: "Denoodle",
  params: z.strictObject({ stream: z.string().optional() }),
  scalars: z.strictObject({ noiseStd: z.number().min(0).default(0.05) }),
  inputs: { operator: port.operator(), x: port.signal() },
  outputs: { y: port.measurement() },
  build({ params, scalars, inputs: { operator, x }, ctx }) {
    const clean = boundOperator(operator).apply(ctx, x);
    const noise = ctx.noise(params.stream ?? ctx.path, clean.shape.slice(1));
    return { y: add(ctx, clean, mul(ctx, noise, ctx.scalar(scalars.noiseStd, clean.shape.length))) };
  },
});

export const apply = defineNode({
  type: "operator/apply",
  v: 1,
  title: "Apply operator",
  summary: "The noiseless measurement of a signal.",
  formula: "A(x)",
  source: "Denoodle",
  params: none,
  scalars: none,
  inputs: { operator: port.operator(), x: port.signal() },
  outputs: { y: port.measurement() },
  build: ({ inputs: { operator, x }, ctx }) => ({ y: boundOperator(operator).apply(ctx, x) }),
});

export const adjoint = defineNode({
  type: "operator/adjoint",
  v: 1,
  title: "Adjoint",
  summary: "The transposed operator, applied to a measurement.",
  formula: "A^{\\top} y",
  source: "Denoodle",
  params: none,
  scalars: none,
  inputs: { operator: port.operator(), y: port.measurement() },
  outputs: { x: port.signal() },
  build: ({ inputs: { operator, y }, ctx }) => ({
    x: column(boundOperator(operator), "adjoint", "Use operator/data-gradient, which needs no adjoint.")(ctx, y),
  }),
});

export const pinv = defineNode({
  type: "operator/pinv",
  v: 1,
  title: "Pseudo-inverse",
  summary: "The signal of least norm that explains a measurement best.",
  formula: "A^{+} y",
  source: "Moore–Penrose",
  params: none,
  scalars: none,
  inputs: { operator: port.operator(), y: port.measurement() },
  outputs: { x: port.signal() },
  build: ({ inputs: { operator, y }, ctx }) => ({
    x: column(boundOperator(operator), "pinv", useGradient)(ctx, y),
  }),
});

export const projector = defineNode({
  type: "operator/projector",
  v: 1,
  title: "Row-space projector",
  summary: "The part of a signal that the operator sees.",
  formula: "P x = A^{+}A\\,x",
  source: "Moore–Penrose",
  params: none,
  scalars: none,
  inputs: { operator: port.operator(), x: port.signal() },
  outputs: { x: port.signal() },
  build: ({ inputs: { operator, x }, ctx }) => ({
    x: column(boundOperator(operator), "projector", useGradient)(ctx, x),
  }),
});

export const project = defineNode({
  type: "operator/project",
  v: 1,
  title: "Project onto the measurement",
  summary: "Moves a signal onto the set of signals that explain a scaled measurement exactly.",
  formula: "x + A^{+}(s\\,y - A x)",
  source: "ProjDiff, arXiv:2406.06959, section 3",
  params: none,
  scalars: z.strictObject({ scale: z.number().default(1) }),
  inputs: { operator: port.operator(), x: port.signal(), measurement: port.measurement() },
  outputs: { x: port.signal() },
  build: ({ scalars, inputs: { operator, x, measurement }, ctx }) => ({
    x: projectOnto(boundOperator(operator), ctx, { x, y: measurement, scale: scalars.scale }),
  }),
});

function projectOnto(
  operator: Operator,
  emit: OperatorEmit,
  { x, y, scale: s }: { readonly x: Value; readonly y: Value; readonly scale: Scalar },
): Value {
  if (operator.project !== undefined) return operator.project(emit, x, y, s);
  const target = mul(emit, y, emit.scalar(s, y.shape.length));
  const residual = sub(emit, target, operator.apply(emit, x));
  return add(emit, x, column(operator, "pinv", useGradient)(emit, residual));
}

export const dataGradient = defineNode({
  type: "operator/data-gradient",
  v: 1,
  title: "Data gradient",
  summary: "The gradient of the squared residual: of the sum of squares, without a factor one half.",
  formula: "\\nabla_x \\lVert y - A(x)\\rVert_2^2 = 2\\,J_A^{\\top}(A(x) - y)",
  source: "DAPS (arXiv:2407.01521), forward operators; Measurements Optimization (arXiv:2412.03941)",
  params: none,
  scalars: none,
  inputs: { operator: port.operator(), x: port.signal(), measurement: port.measurement() },
  outputs: { gradient: port.signal() },
  build({ inputs: { operator, x, measurement }, ctx }) {
    const bound = boundOperator(operator);
    const residual = sub(ctx, bound.apply(ctx, x), measurement);
    return { gradient: scale(ctx, bound.vjp(ctx, x, residual), 2) };
  },
});

export const properties = defineNode({
  type: "operator/properties",
  v: 1,
  title: "Operator properties",
  summary: "Numbers about an operator: the largest eigenvalue of AᵀA (of the Jacobian's, where it is not linear), how many measured values carry information, and how many a signal and a measurement hold.",
  formula: "L = \\lambda_{\\max}(A^{\\top}A)",
  source: "Denoodle",
  params: none,
  scalars: none,
  inputs: { operator: port.operator() },
  outputs: {
    lipschitz: port.scalar(), observed: port.scalar(),
    signalSize: port.scalar(), measurementSize: port.scalar(),
  },
  build({ inputs: { operator } }) {
    const bound = boundOperator(operator);
    const known = (value: number) => ({ on: "host", host: constantHost(value) }) as const;
    return {
      lipschitz: known(bound.lipschitz),
      observed: known(bound.observedCount ?? sizeOf(bound.measurement)),
      signalSize: known(sizeOf(bound.signal)),
      measurementSize: known(sizeOf(bound.measurement)),
    };
  },
});

export const equivalentLevel = defineNode({
  type: "operator/equivalent-level",
  v: 1,
  title: "Equivalent level",
  summary: "The variance preserving level at which a noiseless measurement would be as uncertain as this noisy one.",
  formula: "\\bar\\alpha_a = \\frac1{1 + \\sigma_{eq}^2(\\sigma_y)}",
  source: "ProjDiff, arXiv:2406.06959, section 3.2; continuous level as in the authors' code",
  params: none,
  scalars: z.strictObject({ noiseStd: z.number().min(0).default(0.05) }),
  inputs: { operator: port.operator() },
  outputs: { level: port.level() },
  build({ scalars, inputs: { operator }, ctx }) {
    const bound = boundOperator(operator);
    const variance = column(bound, "equivalentVariance", "projdiff-svd works for operators with a decomposition.");
    return {
      level: mapHost([hostNumber(ctx, scalars.noiseStd)], (std) => {
        const alphaBar = 1 / (1 + variance(std));
        return { alpha: Math.sqrt(alphaBar), sigma: Math.sqrt(1 - alphaBar) };
      }),
    };
  },
});

export const spectral = defineNode({
  type: "operator/to-spectral",
  v: 1,
  title: "To spectral space",
  summary: "Coordinates of a signal in the operator's right singular basis, with the singular values, and those of a measurement in the left one.",
  formula: "V^{\\top}x,\\quad U^{\\top}y,\\quad s",
  source: "Kawar et al. 2022 (DDRM), arXiv:2201.11793",
  params: none,
  scalars: none,
  inputs: { operator: port.operator(), x: port.signal(), measurement: optional(port.measurement()) },
  outputs: { x: port.spectral(), measurement: port.spectral(), singularValues: port.spectral() },
  build({ inputs: { operator, x, measurement }, ctx }) {
    const svd = column(boundOperator(operator), "svd", useGradient);
    const coordinates = svd.toSpectral(ctx, x);
    return {
      x: coordinates,
      measurement: measurement === undefined ? coordinates : svd.measurementToSpectral(ctx, measurement),
      singularValues: svd.singularValues(ctx),
    };
  },
});

export const fromSpectral = defineNode({
  type: "operator/from-spectral",
  v: 1,
  title: "From spectral space",
  summary: "The signal with the given coordinates in the operator's right singular basis.",
  formula: "V c",
  source: "Kawar et al. 2022 (DDRM), arXiv:2201.11793",
  params: none,
  scalars: none,
  inputs: { operator: port.operator(), x: port.spectral() },
  outputs: { x: port.signal() },
  build: ({ inputs: { operator, x }, ctx }) => ({
    x: column(boundOperator(operator), "svd", useGradient).fromSpectral(ctx, x),
  }),
});
