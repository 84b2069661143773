import type { Value } from "../ir/primitives.ts";
import type { Emit } from "../ir/program.ts";
import { sizeOf, type Shape, type TensorType } from "../tensor/tensor.ts";
import { convolution } from "./convolution.ts";
import { einsum } from "./einsum.ts";
import { broadcast, demand, demandSameType, type Family } from "./family.ts";
import { matMul, reshape, scale, sumTo, transpose, transposeLast } from "./write.ts";

/** Rows that multiply and add up. */
export const contraction: Family<"MatMul" | "Gemm" | "Einsum" | "Conv" | "ConvTranspose"> = {
  MatMul: {
    infer: ([a, b]) => [inferMatMul(a, b)],
    vjp: (emit, { inputs: [a, b], cotangents: [g], wanted }) => {
      if (!g) return [null, null];
      const sides = asMatrices(emit, a, b, g);
      return [
        wanted[0] ? reshape(emit, leftCotangent(emit, sides), a.shape) : null,
        wanted[1] ? reshape(emit, rightCotangent(emit, sides), b.shape) : null,
      ];
    },
    cost: ([a], _, [y]) => 2 * (a.shape.at(-1) ?? 1) * sizeOf(y?.shape ?? []),
  },
  Gemm: {
    infer: ([a, b, c], { transA, transB }) => {
      const { dtype } = demandSameType("Gemm", c ? [a, b, c] : [a, b]);
      demand(
        a.shape.length === 2 && b.shape.length === 2,
        "Gemm",
        `both factors must have rank 2, got [${a.shape.join(",")}] and [${b.shape.join(",")}]`,
      );
      const [m = 1, k = 1] = transA ? a.shape.toReversed() : a.shape;
      const [kb = 1, n = 1] = transB ? b.shape.toReversed() : b.shape;
      demand(k === kb, "Gemm", `the inner sizes differ (${k} vs ${kb})`);
      if (c) broadcast("Gemm", [c.shape, [m, n]]);
      return [{ dtype, shape: [m, n] }];
    },
    // y = alpha A' B' + beta C
    vjp: (emit, { inputs: [a, b, c], params, cotangents: [g], wanted }) => {
      if (!g) return [null, null, null];
      const { alpha, beta, transA, transB } = params;
      const gemm = (left: Value, right: Value, turnLeft: boolean, turnRight: boolean) =>
        emit.op("Gemm", [left, right, null], {
          alpha,
          beta: 1,
          transA: turnLeft,
          transB: turnRight,
        });
      return [
        !wanted[0] ? null : transA ? gemm(b, g, transB, true) : gemm(g, b, false, !transB),
        !wanted[1] ? null : transB ? gemm(g, a, true, transA) : gemm(a, g, !transA, false),
        wanted[2] && c ? sumTo(emit, scale(emit, g, beta), c.shape) : null,
      ];
    },
    cost: ([a], { transA }, [y]) => 2 * (a.shape[transA ? 0 : 1] ?? 1) * sizeOf(y?.shape ?? []),
    onnx: ({ alpha, beta, transA, transB }) => ({
      attributes: {
        alpha: { float: alpha },
        beta: { float: beta },
        transA: transA ? 1 : 0,
        transB: transB ? 1 : 0,
      },
    }),
  },
  Einsum: einsum,
  ...convolution,
};

/** Rank-1 factors as one row and one column, `g` with the axes that they lack put back. */
interface Matrices {
  readonly a: Value;
  readonly b: Value;
  readonly g: Value;
}

function asMatrices(emit: Emit, a: Value, b: Value, g: Value): Matrices {
  const row = reshape(emit, a, a.shape.length === 1 ? [1, ...a.shape] : a.shape);
  const column = reshape(emit, b, b.shape.length === 1 ? [...b.shape, 1] : b.shape);
  const { shape } = inferMatMul(row, column);
  return { a: row, b: column, g: reshape(emit, g, shape) };
}

function leftCotangent(emit: Emit, { a, b, g }: Matrices): Value {
  return sumTo(emit, matMul(emit, g, transposeLast(emit, b)), a.shape);
}

function rightCotangent(emit: Emit, { a, b, g }: Matrices): Value {
  if (b.shape.length > 2 || a.shape.length === 2)
    return sumTo(emit, matMul(emit, transposeLast(emit, a), g), b.shape);
  // One matrix against a batch: the batch joins the summed axis.
  const rows = (value: Value) => {
    const width = value.shape.at(-1) ?? 1;
    return reshape(emit, value, [sizeOf(value.shape.slice(0, -1)), width]);
  };
  return matMul(emit, transpose(emit, rows(a), [1, 0]), rows(g));
}

function inferMatMul(a: TensorType, b: TensorType): TensorType {
  const { dtype } = demandSameType("MatMul", [a, b]);
  demand(a.shape.length > 0 && b.shape.length > 0, "MatMul", "a factor must have rank 1 or more");
  const left: Shape = a.shape.length === 1 ? [1, ...a.shape] : a.shape;
  const right: Shape = b.shape.length === 1 ? [...b.shape, 1] : b.shape;
  demand(
    left.at(-1) === right.at(-2),
    "MatMul",
    `the inner sizes of [${a.shape.join(",")}] and [${b.shape.join(",")}] differ (${left.at(-1)} vs ${right.at(-2)})`,
  );
  const batch = broadcast("MatMul", [left.slice(0, -2), right.slice(0, -2)]);
  const rows = a.shape.length === 1 ? [] : left.slice(-2, -1);
  const columns = b.shape.length === 1 ? [] : right.slice(-1);
  return { dtype, shape: [...batch, ...rows, ...columns] };
}
