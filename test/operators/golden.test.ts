import { describe, expect, test } from "vitest";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { runGraph } from "../priors/run-nodes.ts";
import { arraysOf, readVectors, type Vector } from "./vectors.ts";

const vectors = readVectors();

/** Which wire gives what an array of the manifest holds, in a graph of nodes named so. */
const wires: Readonly<Record<string, string>> = {
  A: "apply.y",
  vjp: "vjp.x",
  "pinv of the cotangent": "pinv.x",
  "P x = A^+ A x": "projector.x",
  "(A^+)^T x": "pinvTransposed.y",
};
/** Arrays that are given, not made. */
const given = new Set(["cotangent", "y_noisy"]);

describe("the authors' operators", () => {
  test("every one has a node", () => {
    expect(vectors.filter(({ node }) => node === undefined).map(({ name }) => name)).toEqual([]);
  });

  test("what the mapping says of an array is of one that is there", () => {
    for (const { name, arrays, node } of vectors)
      for (const what of Object.keys({ ...node?.looser, ...node?.unmapped, ...node?.projections }))
        expect(arrays, `${name}: ${what}`).toHaveProperty([what]);
  });

  test.each(vectors.map((vector) => [vector.name, vector] as const))("%s", async (_, vector) => {
    const { outputs, expected } = comparedArrays(vector);
    const arrays = arraysOf(vector.file);
    const graph = upstream(graphOf(vector), outputs);
    const result = await runGraph({ graph, outputs, tensors: namedFiles(arrays) });
    for (const [what, name] of Object.entries(expected)) {
      const found = result.outputs[what] ?? [];
      const data = arrays[name]?.data as Float32Array | undefined;
      expect(found.length, what).toBe(data?.length);
      const tolerance = vector.node?.looser[what]?.tolerance ?? vector.tolerance;
      const deviation = found.reduce(
        (most, v, i) => Math.max(most, Math.abs(v - (data?.[i] ?? Number.NaN))),
        0,
      );
      expect(deviation, `${what} (tolerance ${tolerance})`).toBeLessThanOrEqual(tolerance);
    }
  });
});

test("the singular values of DDRM's deblurring are the authors', computed too", async () => {
  const vector = vectors.find(({ name }) => name === "blur_ddrm_compat");
  const { blur_ddrm_compat_s_sorted: sorted, x } = arraysOf(vector?.file ?? "");
  if (sorted === undefined || x === undefined) throw new Error("no such array");
  const graph = {
    operator: { type: "operator/ddrm-deblurring", v: 1 },
    x: { type: "input/tensor", v: 1, params: { file: "x.batch.npy" } },
    bound: { type: "operator/in-space", v: 1, in: { operator: "operator.operator", space: "x.x" } },
    spectral: { type: "operator/to-spectral", v: 1, in: { operator: "bound.operator", x: "x.x" } },
  };
  const outputs = { values: "spectral.singularValues" };
  const result = await runGraph({ graph, outputs, tensors: namedFiles({ x }) });
  const values = result.outputs["values"]?.toSorted((a, b) => b - a) ?? [];
  expect(values.length).toBe(3 * sorted.data.length);
  values.forEach((value, i) =>
    expect(value).toBeCloseTo(Number(sorted.data[Math.floor(i / 3)]), 5),
  );
});

/** The wires to read, and the arrays they are compared with. */
function comparedArrays({ arrays, node }: Vector) {
  const outputs: Record<string, string> = {};
  const expected: Record<string, string> = {};
  for (const [what, name] of Object.entries(arrays)) {
    if (given.has(what) || node?.unmapped[what] !== undefined) continue;
    const wire = what.startsWith("proj_") ? `${what}.x` : wires[what];
    if (wire === undefined) throw new Error(`no wire gives ${JSON.stringify(what)}`);
    outputs[what] = wire;
    expected[what] = name;
  }
  return { outputs, expected };
}

interface SmallNode {
  readonly in?: Readonly<Record<string, string>>;
}

/** The nodes that the outputs come of: an operator need not have what is not compared. */
function upstream(
  graph: Readonly<Record<string, SmallNode>>,
  outputs: Readonly<Record<string, string>>,
): Readonly<Record<string, SmallNode>> {
  const kept = new Set<string>();
  const visit = (wire: string) => {
    const id = wire.split(".")[0] ?? "";
    if (kept.has(id)) return;
    kept.add(id);
    Object.values(graph[id]?.in ?? {}).forEach(visit);
  };
  Object.values(outputs).forEach(visit);
  return Object.fromEntries(Object.entries(graph).filter(([id]) => kept.has(id)));
}

const namedFiles = (arrays: Readonly<Record<string, TensorData>>) =>
  Object.fromEntries(
    Object.entries(arrays).flatMap(([name, array]) => [
      [`${name}.npy`, array],
      [`${name}.batch.npy`, { ...array, shape: [1, ...array.shape] }],
    ]),
  );

function graphOf({ arrays, node }: Vector): Readonly<Record<string, SmallNode>> {
  const read = (name: string) => ({
    type: "input/tensor",
    v: 1,
    params: { file: `${name}.batch.npy` },
  });
  const of = (type: string, port: string, from: string) => ({
    type,
    v: 1,
    in: { operator: "bound.operator", [port]: from },
  });
  const cotangent = arrays["cotangent"] ?? "";
  const projections = Object.keys(arrays)
    .filter((what) => what.startsWith("proj_"))
    .flatMap((what) => {
      const { measurement, scale } = node?.projections[what] ?? {
        measurement: arrays["A"] ?? "",
        scale: 1,
      };
      return [
        [`${what}_y`, read(measurement)],
        [
          what,
          {
            type: "operator/project",
            v: 1,
            params: { scale },
            in: { operator: "bound.operator", x: "x2.x", measurement: `${what}_y.x` },
          },
        ],
      ];
    });
  return {
    operator: { type: node?.type, v: 1, params: node?.params },
    x: read("x"),
    x2: read("x2"),
    r: read(cotangent),
    bound: { type: "operator/in-space", v: 1, in: { operator: "operator.operator", space: "x.x" } },
    apply: of("operator/apply", "x", "x.x"),
    // 2 Jᵀ(A(x) - y) with y = A(x) - r, halved.
    shifted: { type: "math/subtract", v: 1, in: { a: "apply.y", b: "r.x" } },
    gradient: {
      type: "operator/data-gradient",
      v: 1,
      in: { operator: "bound.operator", x: "x.x", measurement: "shifted.x" },
    },
    vjp: { type: "math/scale", v: 1, params: { factor: 0.5 }, in: { x: "gradient.gradient" } },
    pinv: of("operator/pinv", "y", "r.x"),
    projector: of("operator/projector", "x", "x.x"),
    pinvTransposed: of("operator/pinv-transposed", "x", "x.x"),
    ...Object.fromEntries(projections),
  };
}
