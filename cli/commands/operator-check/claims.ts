import type { Operator } from "../../../runtime/graph/values.ts";
import { formatShape, sameShape } from "../../../runtime/tensor/tensor.ts";
import type { Finding } from "../../../nodes/prior/check/findings.ts";
import type { Measured } from "./measure.ts";

/** Above this an operator that says it is linear is not. */
const linearUpTo = 1e-4;
/** Rounding of float32, summed over a picture. */
const exactUpTo = 1e-3;
/** How much of A a truncated pseudo-inverse may leave out. */
const mostLeftOut = 0.1;
const adjointUpTo = 1e-4;
/** Differences are off by bends and corners. */
const gradientUpTo = 3e-2;
const eigenvalueUpTo = 1e-3;
/** How far a largest eigenvalue may be stated too high before it is said. */
const tooHigh = 1.05;
/** A nonlinear operator states it for all signals, and it is measured at one. */
const nonlinearUpTo = 0.05;

/** What an operator claims against what was computed of it, in whole sentences. */
export function findingsOf(operator: Operator, measured: Measured): readonly Finding[] {
  return [
    ...shapeFindings(operator, measured),
    ...linearityFindings(operator, measured),
    ...errorFindings(operator, measured),
    ...truncationFindings(operator, measured),
    ...eigenvalueFindings(operator, measured),
  ];
}

const fail = (message: string): Finding => ({ verdict: "fail", message });
const warn = (message: string): Finding => ({ verdict: "warn", message });

function shapeFindings(
  { measurement: said }: Operator,
  { measurement }: Measured,
): readonly Finding[] {
  if (sameShape(said, measurement)) return [];
  return [
    fail(
      `It says that a measurement has shape ${formatShape(said)}, and made one of ${formatShape(measurement)}.`,
    ),
  ];
}

function linearityFindings({ linear }: Operator, { linearity }: Measured): readonly Finding[] {
  if (linear && !(linearity <= linearUpTo))
    return [fail(`It says that it is linear, and A(au + bv) is off by ${percent(linearity)}.`)];
  if (!linear && linearity <= linearUpTo)
    return [warn("It behaves linearly, and does not say that it is.")];
  return [];
}

interface Claim {
  readonly error: number | undefined;
  readonly upTo: number;
  readonly message: string;
}

/** Of a nonlinear operator the pseudo-inverse and the projector are crude, and claim nothing. */
function errorFindings({ linear }: Operator, measured: Measured): readonly Finding[] {
  const always: readonly Claim[] = [
    {
      error: measured.gradient,
      upTo: gradientUpTo,
      message: "Its gradient is not that of differences",
    },
    {
      error: measured.adjoint,
      upTo: adjointUpTo,
      message: "Its adjoint is not the transpose: ⟨Au, r⟩ and ⟨u, Aᵀr⟩ differ",
    },
    {
      error: measured.projector,
      upTo: exactUpTo,
      message: "Its projector is not A⁺A",
    },
  ];
  const ifLinear: readonly Claim[] = [
    { error: measured.pinv, upTo: exactUpTo, message: "A⁺ A A⁺ is not A⁺" },
    { error: measured.leftOut, upTo: mostLeftOut, message: "A A⁺ A is not A" },
    { error: measured.idempotence, upTo: exactUpTo, message: "P P is not P" },
    {
      error: measured.pinvTransposed,
      upTo: adjointUpTo,
      message: "A⁺ᵀ is not the transpose of A⁺",
    },
    {
      error: measured.decomposition,
      upTo: exactUpTo,
      message: "Its decomposition is not its own: V Vᵀ is not 1, or Uᵀ A is not S Vᵀ",
    },
  ];
  return [...always, ...(linear ? ifLinear : [])].flatMap(({ error, upTo, message }) =>
    error === undefined || error <= upTo ? [] : [fail(`${message} (off by ${percent(error)}).`)],
  );
}

/** An A⁺ without the directions that A all but removes says more of noise, and less of the signal. */
function truncationFindings({ linear }: Operator, { leftOut = 0 }: Measured): readonly Finding[] {
  if (!linear || leftOut <= exactUpTo || leftOut > mostLeftOut) return [];
  return [warn(`A⁺ leaves out weak directions: A A⁺ A is off by ${percent(leftOut)}.`)];
}

function eigenvalueFindings(
  { linear, lipschitz }: Operator,
  { eigenvalue }: Measured,
): readonly Finding[] {
  if (eigenvalue === undefined) return [];
  const [said, found] = [lipschitz, eigenvalue].map((value) => value.toPrecision(4));
  if (eigenvalue > lipschitz * (1 + (linear ? eigenvalueUpTo : nonlinearUpTo)))
    return [
      fail(
        `It says that the largest eigenvalue of ${linear ? "AᵀA" : "JᵀJ"} is ${said}, and it is at least ${found}: samplers would take steps that are too long.`,
      ),
    ];
  if (linear && lipschitz > tooHigh * eigenvalue)
    return [
      warn(
        `It says that the largest eigenvalue of AᵀA is ${said}, and ${found} was found: steps are shorter than need be.`,
      ),
    ];
  return [];
}

const percent = (error: number) => `${(100 * error).toPrecision(2)} %`;
