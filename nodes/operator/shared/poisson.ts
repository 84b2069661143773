import type { Value } from "../../../runtime/ir/primitives.ts";
import type { Emit } from "../../../runtime/ir/program.ts";
import {
  add,
  addNumber,
  affine,
  cast,
  div,
  exp,
  greater,
  mul,
  number,
  scale,
  square,
  where,
} from "../../../runtime/trace/math.ts";

/** Up to this mean counts are drawn exactly; above it from an expansion whose error falls with the mean. */
export const exactUpTo = 12;
/** The counts of the upper tail, which float32 cannot tell apart, are cut. */
const tail = 4e-6;

/**
 * Poisson counts of the given means [N, …], from standard normals of the same shape: the same normals give
 * the same counts. Means below 0 count as 0. Up to a mean of 12 by inversion of the distribution function,
 * save for counts of a probability below 4e-6; above by the Cornish–Fisher expansion to the third order.
 *
 * @see Cornish and Fisher 1938, "Moments and cumulants in the specification of distributions".
 */
export function poissonCounts(emit: Emit, means: Value, normals: Value): Value {
  const mean = emit.op("Max", [means, number(emit, means, 0)], {});
  const small = greater(emit, number(emit, mean, exactUpTo), mean);
  return where(emit, small, inverted(emit, mean, normals), expanded(emit, mean, normals));
}

/** How many values F(0), F(1), … of the distribution function lie below Φ(z). */
function inverted(emit: Emit, mean: Value, z: Value): Value {
  const m = emit.op("Min", [mean, number(emit, mean, exactUpTo)], {});
  const phi = affine(emit, emit.op("Erf", [scale(emit, z, Math.SQRT1_2)], {}), 0.5, 0.5);
  const u = emit.op("Min", [phi, number(emit, z, 1 - tail)], {});
  let probability = exp(emit, scale(emit, m, -1));
  let below = probability;
  let count = cast(emit, greater(emit, u, below), "float32");
  for (let k = 1; k < mostCounts; k += 1) {
    probability = scale(emit, mul(emit, probability, m), 1 / k);
    below = add(emit, below, probability);
    count = add(emit, count, cast(emit, greater(emit, u, below), "float32"));
  }
  return count;
}

/** The largest count that is drawn at the largest mean for which it is drawn so. */
const mostCounts = quantile(exactUpTo, 1 - tail);

function quantile(mean: number, level: number): number {
  let [count, probability] = [0, Math.exp(-mean)];
  for (let below = probability; below < level; below += probability) {
    count += 1;
    probability *= mean / count;
  }
  return count;
}

/**
 * The nearest integer to the quantile of the count plus a uniform number of (-1/2, 1/2), whose variance is
 * the mean plus 1/12; rounding takes the uniform number away again.
 */
function expanded(emit: Emit, mean: Value, z: Value): Value {
  const m = emit.op("Max", [mean, number(emit, mean, exactUpTo)], {});
  const std = emit.op("Sqrt", [addNumber(emit, m, 1 / 12)], {});
  const squared = square(emit, z);
  const first = mul(emit, std, z);
  const second = affine(emit, squared, 1 / 6, -1 / 6);
  const third = div(emit, mul(emit, z, affine(emit, squared, -1, 1)), scale(emit, std, 72));
  const quantiles = add(emit, add(emit, m, first), add(emit, second, third));
  const counts = emit.op("Floor", [addNumber(emit, quantiles, 0.5)], {});
  return emit.op("Max", [counts, number(emit, counts, 0)], {});
}
