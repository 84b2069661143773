/** One function of the expression language. */
export interface ExpressionFunction {
  /** Least and greatest number of arguments. */
  readonly arity: readonly [number, number];
  /** The value on float64 numbers. */
  host(...args: readonly number[]): number;
}

const one = (host: (x: number) => number): ExpressionFunction => ({
  arity: [1, 1],
  host: (x = NaN) => host(x),
});
const many = (host: (...args: number[]) => number): ExpressionFunction => ({
  arity: [2, 8],
  host: (...args) => host(...args),
});

/** All functions by name. Rounding is half to even, as ONNX Round. */
export const expressionFunctions = {
  min: many(Math.min),
  max: many(Math.max),
  abs: one(Math.abs),
  sqrt: one(Math.sqrt),
  exp: one(Math.exp),
  log: one(Math.log),
  sin: one(Math.sin),
  cos: one(Math.cos),
  tan: one(Math.tan),
  atan: one(Math.atan),
  sinh: one(Math.sinh),
  cosh: one(Math.cosh),
  tanh: one(Math.tanh),
  floor: one(Math.floor),
  ceil: one(Math.ceil),
  round: one(roundHalfEven),
  sign: one(Math.sign),
  erf: one(erf),
  sigmoid: one((x) => 1 / (1 + Math.exp(-x))),
  relu: one((x) => Math.max(x, 0)),
  softplus: one((x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
  pow: { arity: [2, 2], host: (x = NaN, y = NaN) => x ** y },
  clamp: {
    arity: [3, 3],
    host: (x = NaN, low = NaN, high = NaN) => Math.min(Math.max(x, low), high),
  },
} as const satisfies Readonly<Record<string, ExpressionFunction>>;

export type FunctionName = keyof typeof expressionFunctions;

export function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(expressionFunctions, name);
}

/** Names that stand for a number. */
export const expressionConstants: Readonly<Record<string, number>> = {
  pi: Math.PI,
  e: Math.E,
  inf: Infinity,
};

function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  const above = x - floor;
  if (above !== 0.5) return above < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

// erf x = 2/√π e^(−x²) Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1)), terms of one sign; 1 − erf 6 < 2⁻⁵³
function erf(x: number): number {
  if (Math.abs(x) >= 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n += 1) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}
