import type { Value } from "../../runtime/ir/primitives.ts";
import type { Emit } from "../../runtime/ir/program.ts";
import { float32 } from "../../runtime/tensor/tensor.ts";
import { add, concat, div, expand, mul, sliceAxis, sub } from "../../runtime/trace/math.ts";

/** Of matrices [k, m, m]: their inverses, and the logarithms of their determinants [k, 1, 1]. */
export interface Inverse {
  readonly inverse: Value;
  readonly logDeterminant: Value;
}

/**
 * The inverses of symmetric, positive definite matrices by Gauss–Jordan elimination, written out: about eight
 * equations a row. Positive definite matrices need no search for pivots; in float32 they want a condition
 * number well below 1e6.
 *
 * @see Golub and Van Loan, Matrix Computations, sections 3.2 and 4.2.
 */
export function invertPositive(emit: Emit, matrix: Value): Inverse {
  const [k = 1, m = 1] = matrix.shape;
  const only = (end: number) => ({ start: end, end: end + 1 });
  const logs: Value[] = [];
  // [M | I] becomes [I | M⁻¹].
  let both = concat(emit, [matrix, expand(emit, unitVectors(emit, m, m), [k, m, m])], 2);
  for (let j = 0; j < m; j += 1) {
    const row = sliceAxis(emit, both, 1, only(j));
    const pivot = sliceAxis(emit, row, 2, only(j));
    logs.push(emit.op("Log", [pivot], {}));
    const unit = unitVectors(emit, m, 1, j);
    const column = sub(emit, sliceAxis(emit, both, 2, only(j)), unit);
    both = sub(emit, both, mul(emit, column, div(emit, row, pivot)));
  }
  return {
    inverse: sliceAxis(emit, both, 2, { start: m, end: 2 * m }),
    logDeterminant: logs.reduce((sum, log) => add(emit, sum, log)),
  };
}

/** The unit vectors `from`, `from` + 1, … of m dimensions in the columns: [1, m, count]. */
function unitVectors(emit: Emit, m: number, count: number, from = 0): Value {
  const entries = Array.from({ length: m * count }, (_, i) =>
    Math.floor(i / count) === from + (i % count) ? 1 : 0,
  );
  return emit.constant(float32(entries, [1, m, count]));
}
