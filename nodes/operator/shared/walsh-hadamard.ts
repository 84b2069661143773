import type { Value } from "../../../runtime/ir/primitives.ts";
import type { Emit } from "../../../runtime/ir/program.ts";
import { float32, type TensorData } from "../../../runtime/tensor/tensor.ts";
import { matMul, reshape } from "../../../runtime/trace/math.ts";

export const isPowerOfTwo = (n: number) => Number.isInteger(Math.log2(n));

/** Above this size an axis is split in two: H of ab is the Kronecker product of H of a and H of b. */
const largestWhole = 128;

/**
 * The orthonormal Walsh–Hadamard transform of images [N, C, H, W] in natural order, H and W powers of two. Real,
 * symmetric and its own inverse; the 2-D transform is that of the image as one line.
 */
export function walshHadamard(height: number, width: number): (emit: Emit, x: Value) => Value {
  const tables = new Map<number, TensorData>();
  const table = (n: number) => {
    const known = tables.get(n) ?? hadamard(n);
    tables.set(n, known);
    return known;
  };
  /** Along the middle of [before, n, after]. */
  const along = (emit: Emit, x: Value, { before, n, after }: Line): Value => {
    if (n <= largestWhole) {
      const matrix = emit.constant(table(n));
      return after === 1
        ? matMul(emit, reshape(emit, x, [before, n]), matrix)
        : matMul(emit, matrix, reshape(emit, x, [before, n, after]));
    }
    const a = 2 ** Math.floor(Math.log2(n) / 2);
    const outer = along(emit, x, { before, n: a, after: (n / a) * after });
    return along(emit, outer, { before: before * a, n: n / a, after });
  };
  return (emit, x) => {
    const [n = 1, c = 1] = x.shape;
    const rows = along(emit, x, { before: n * c, n: height, after: width });
    const both = along(emit, rows, { before: n * c * height, n: width, after: 1 });
    return reshape(emit, both, [n, c, height, width]);
  };
}

interface Line {
  readonly before: number;
  readonly n: number;
  readonly after: number;
}

/** (-1)^(number of ones that i and j share) / √n. */
function hadamard(n: number): TensorData {
  const sign = (bits: number): number => (bits === 0 ? 1 : (bits & 1 ? -1 : 1) * sign(bits >>> 1));
  return float32(
    Float32Array.from(
      { length: n * n },
      (_, i) => sign(Math.floor(i / n) & (i % n)) / Math.sqrt(n),
    ),
    [n, n],
  );
}
