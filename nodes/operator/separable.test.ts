import { describe, expect, test } from "vitest";
import { float32, type TensorData } from "../../runtime/tensor/tensor.ts";
import { runGraph } from "../../test/priors/run-nodes.ts";

const h = Math.SQRT1_2;
/** Of a matrix with two singular values 0, whose vectors no computed decomposition would choose. */
const U = [1, 0, 0, 0, h, -h, 0, h, h];
const V = [h, 0, h, h, 0, -h, 0, 1, 0];
const arrays: Readonly<Record<string, TensorData>> = {
  U: float32(U, [3, 3]),
  s: float32([0.5, 0, 0], [3]),
  V: float32(V, [3, 3]),
};
const image = float32([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 1, 3, 3]);
const named = (file: string) => `${file}.npy`;
const decomposition = { U: named("U"), s: named("s"), V: named("V") };

async function run(params: object, more: Readonly<Record<string, TensorData>> = {}) {
  const graph = {
    operator: { type: "operator/separable", v: 1, params },
    bound: { type: "operator/in-space", v: 1, in: { operator: "operator.operator", space: "@x" } },
    apply: { type: "operator/apply", v: 1, in: { operator: "bound.operator", x: "@x" } },
    spectral: {
      type: "operator/to-spectral",
      v: 1,
      in: { operator: "bound.operator", x: "@x", measurement: "@x" },
    },
  };
  const outputs = { y: "apply.y", c: "spectral.x", u: "spectral.measurement" };
  const tensors = Object.fromEntries(
    Object.entries({ ...arrays, ...more }).map(([name, array]) => [named(name), array]),
  );
  return (await runGraph({ graph, outputs, feeds: { x: image }, tensors })).outputs;
}

/** m image mᵀ, or with the transpose mᵀ image m. */
function sandwich(m: readonly number[], transpose = false): readonly number[] {
  const entry = (i: number, k: number) => m[transpose ? 3 * k + i : 3 * i + k] ?? Number.NaN;
  const three = [0, 1, 2];
  return three.flatMap((i) =>
    three.map((j) =>
      three
        .flatMap((k) => three.map((l) => entry(i, k) * Number(image.data[3 * k + l]) * entry(j, l)))
        .reduce((sum, term) => sum + term, 0),
    ),
  );
}

function expectClose(found: readonly number[] | undefined, expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(found?.[i]).toBeCloseTo(value, 5);
}

describe("a decomposition that is given", () => {
  test("is the operator, and its bases are the spectral coordinates, those of the zeros too", async () => {
    const { y, c, u } = await run({ decomposition });
    // U diag(s) Vᵀ
    expectClose(y, sandwich([0.5 * h, 0.5 * h, 0, 0, 0, 0, 0, 0, 0]));
    expectClose(c, sandwich(V, true));
    expectClose(u, sandwich(U, true));
  });

  test.each([
    [{}, "give the matrix of the rows or a decomposition"],
    [{ rows: "U.npy", decomposition }, "give one of them"],
    [
      { decomposition: { ...decomposition, s: "long.npy" } },
      "long.npy holds 4 singular values; U.npy (3x3) and V.npy (3x3) have no such many vectors",
    ],
  ])("%j: %s", async (params, sentence) => {
    const long = float32([1, 1, 1, 1], [4]);
    await expect(run(params, { long })).rejects.toThrow(sentence);
  });
});
