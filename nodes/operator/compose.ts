import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Operator, OperatorValue } from "../../runtime/graph/values.ts";
import { formatShape, sameShape, sizeOf } from "../../runtime/tensor/tensor.ts";

export const compose = defineNode({
  type: "operator/compose",
  v: 1,
  title: "Compose operators",
  summary:
    "One operator after another, first inner, then outer. It has a gradient and an adjoint where both have; a pseudo-inverse, projector and scalar equivalent noise where one of the two is a multiple of an isometry on its side (an average or a mixture as inner, an identity as outer operator), since only then the inverse of the product is the product of the inverses. Its largest eigenvalue is the product of theirs, an upper bound.",
  formula: "A x = A_2(A_1(x)),\\qquad J_A^{\\top} r = J_1^{\\top} J_2^{\\top} r",
  source: "Denoodle; pseudo-inverse of a product: Greville 1966, doi:10.1137/1008107",
  params: z.strictObject({}),
  scalars: z.strictObject({}),
  inputs: { outer: port.operator(), inner: port.operator() },
  outputs: { operator: port.operator() },
  build: ({ inputs: { outer, inner } }) => ({ operator: composed(outer, inner) }),
});

function composed(outer: OperatorValue, inner: OperatorValue): OperatorValue {
  if (inner.bound)
    return { bound: true, operator: chain(boundTo(outer, inner.operator), inner.operator) };
  const { family } = inner;
  return {
    bound: false,
    family: {
      label: `${labelOf(outer)} after ${family.label}`,
      signalOf(measurement) {
        const between = outer.bound ? outer.operator.signal : outer.family.signalOf(measurement);
        return between === null ? null : family.signalOf(between);
      },
      bind(signal) {
        const first = family.bind(signal);
        return chain(boundTo(outer, first), first);
      },
    },
  };
}

const labelOf = (value: OperatorValue) => (value.bound ? value.operator : value.family).label;

/** The outer operator on what the inner one measures. */
function boundTo(outer: OperatorValue, inner: Operator): Operator {
  if (!outer.bound) return outer.family.bind(inner.measurement);
  if (sameShape(outer.operator.signal, inner.measurement)) return outer.operator;
  throw new RangeError(
    `${outer.operator.label} takes signals of shape ${formatShape(outer.operator.signal)}, and ${inner.label} measures ${formatShape(inner.measurement)}`,
  );
}

function chain(outer: Operator, inner: Operator): Operator {
  const [linear, lipschitz] = [outer.linear && inner.linear, outer.lipschitz * inner.lipschitz];
  return {
    label: `${outer.label} after ${inner.label}`,
    linear,
    signal: inner.signal,
    measurement: outer.measurement,
    apply: (emit, x) => outer.apply(emit, inner.apply(emit, x)),
    ...gradients(outer, inner),
    ...(linear && (isCoisometric(inner) || isIsometric(outer)) ? inverses(outer, inner) : {}),
    observedCount: Math.min(observed(outer), observed(inner)),
    lipschitz,
  };
}

const observed = ({ observedCount, measurement }: Operator) => observedCount ?? sizeOf(measurement);

function gradients(outer: Operator, inner: Operator): Pick<Operator, "vjp" | "adjoint"> {
  const { vjp: outerVjp, adjoint: outerAdjoint } = outer;
  const { vjp: innerVjp, adjoint: innerAdjoint } = inner;
  return {
    ...(outerVjp &&
      innerVjp && {
        vjp: (emit, x, r) => innerVjp(emit, x, outerVjp(emit, inner.apply(emit, x), r)),
      }),
    ...(outerAdjoint &&
      innerAdjoint && { adjoint: (emit, y) => innerAdjoint(emit, outerAdjoint(emit, y)) }),
  };
}

/** All singular values equal, and none of them 0, on the side of the measurement: A Aᵀ is a multiple of 1. */
const isCoisometric = ({ equivalentVariance, observedCount, measurement }: Operator) =>
  equivalentVariance !== undefined && observedCount === sizeOf(measurement);

/** Likewise on the side of the signal: AᵀA is a multiple of 1. */
const isIsometric = ({ equivalentVariance, observedCount, signal }: Operator) =>
  equivalentVariance !== undefined && observedCount === sizeOf(signal);

/** (A₂A₁)⁺ = A₁⁺A₂⁺, and what follows from it. */
function inverses(
  outer: Operator,
  inner: Operator,
): Pick<Operator, "pinv" | "pinvTransposed" | "projector" | "equivalentVariance"> {
  const { pinv: outerPinv, pinvTransposed: outerTransposed, projector } = outer;
  const { pinv: innerPinv, pinvTransposed: innerTransposed } = inner;
  const [outside, inside] = [outer.equivalentVariance, inner.equivalentVariance];
  return {
    ...(outerPinv && innerPinv && { pinv: (emit, y) => innerPinv(emit, outerPinv(emit, y)) }),
    ...(outerTransposed &&
      innerTransposed && {
        pinvTransposed: (emit, x) => outerTransposed(emit, innerTransposed(emit, x)),
      }),
    ...(projector &&
      innerPinv && {
        projector: (emit, x) => innerPinv(emit, projector(emit, inner.apply(emit, x))),
      }),
    ...(outside && inside && { equivalentVariance: (sigma) => inside(Math.sqrt(outside(sigma))) }),
  };
}
