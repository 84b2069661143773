import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../../runtime/execute/backend.ts";
import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import { compare } from "./compare.ts";
import { hyperParameter } from "./mapping.ts";
import { readManifest, valueAt, type GoldenCase } from "./manifest.ts";
import { passed, prepareCase, replay, type Replay } from "./replay.ts";

const folder = path.join(import.meta.dirname, "dev");
const cases = readManifest(folder);
const [first] = cases as readonly [GoldenCase];
let backend: Backend;
beforeAll(async () => {
  ({ backend } = await createNodeBackend("cpu"));
});

/** What is said of levels that no schedule node makes: ancestral sampling on another grid, a float64 table. */
const fromTheCase = "the levels are those that the case lists";

test.each(["dev", "own"].flatMap((set) => casesOf(set)))("%s/%s", async (set, _, golden) => {
  const prepared = prepareCase(path.join(import.meta.dirname, set), golden);
  const remarks = prepared.task.remarks.filter((text) => set === "dev" || text !== fromTheCase);
  expect(remarks, "all parameters are stated").toEqual([]);
  const result = await replay(prepared, backend);
  expect(result.unmapped, "every array is compared").toEqual({});
  for (const { array, passed: ok, said } of result.comparisons)
    expect(ok, `${array} ${said}`).toBe(true);
});

function casesOf(set: string): readonly (readonly [string, string, GoldenCase])[] {
  const found = readManifest(path.join(import.meta.dirname, set));
  return found.map((golden) => [set, golden.id, golden] as const);
}

describe("what a case says", () => {
  test("a slot that is off by 3 % is noticed", async () => {
    const { lr } = first.hyper_parameters;
    const off = {
      ...first,
      hyper_parameters: { ...first.hyper_parameters, lr: 1.03 * Number(lr) },
    };
    expect(passed(await replay(prepareCase(folder, off), backend))).toBe(false);
  });

  test("draws that no stream takes are refused", () => {
    const { sampler, variant } = cases.find(({ id }) => id === "pigdm_inpaint") as GoldenCase;
    const noisy = cases.find(({ id }) => id === "projdiff_noisy_sr4") as GoldenCase;
    expect(() => prepareCase(folder, { ...noisy, sampler, variant })).toThrow("noise_init_xa");
  });

  test("levels that no schedule node makes are taken from the case", () => {
    const listed = first.grid?.["abar"] as readonly number[] | undefined;
    const abar = [...(listed ?? [])];
    abar[3] = 0.0016;
    const { task } = prepareCase(folder, { ...first, grid: { ...first.grid, abar } });
    expect(task.remarks).toEqual([fromTheCase]);
    expect(task.task.inputs["schedule"]?.default).toMatchObject({ type: "schedule/list" });
  });
});

describe("what is compared", () => {
  const result = (array: string): Replay["comparisons"][number] => ({
    array,
    passed: true,
    said: "",
  });
  test("less than four fifths of the arrays is a failure", () => {
    const some = ["a", "b", "c", "d"].map(result);
    expect(passed({ comparisons: some, unmapped: { e: "" }, outputs: {} })).toBe(true);
    expect(passed({ comparisons: some, unmapped: { e: "", f: "" }, outputs: {} })).toBe(false);
  });

  test("nothing, too few numbers and NaN fail", () => {
    const expected = { dtype: "float32", shape: [2], data: Float32Array.of(1, 2) } as const;
    const tensor = (...data: readonly number[]) =>
      ({ dtype: "float32", shape: [data.length], data: Float32Array.from(data) }) as const;
    const of = (...parts: readonly ReturnType<typeof tensor>[]) =>
      compare(first, "out", { parts, expected, factor: 1 }).passed;
    expect(of(tensor(1, 2))).toBe(true);
    expect(of(tensor(1), tensor(2))).toBe(true);
    expect([of(), of(tensor(1)), of(tensor(1, Number.NaN)), of(tensor(1, 2.1))]).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  test("the criterion q99 and rms lets single numbers go, and no more", () => {
    const criterion = {
      ...first,
      primary_criterion: "q99 and rms",
      tolerance_out_rms: 0.02,
      tolerance_out_q99: 1e-5,
    };
    const size = 200;
    const zeros = { dtype: "float32", shape: [size], data: new Float32Array(size) } as const;
    const spoilt = (count: number, by: number) => {
      const data = new Float32Array(size).fill(by, 0, count);
      return compare(criterion, "out", {
        parts: [{ ...zeros, data }],
        expected: zeros,
        factor: 1,
      }).passed;
    };
    expect([spoilt(1, 0.1), spoilt(5, 0.1), spoilt(1, 10)]).toEqual([true, false, false]);
  });
});

test("a hyper-parameter is an expression over the names that a case has", () => {
  const of = (hyper_parameters: Record<string, unknown>, texts: string | string[]) =>
    hyperParameter({ ...first, hyper_parameters }, texts);
  expect(of({ t_start: 0.6 }, "1 - t_start")).toBeCloseTo(0.4, 12);
  expect(of({ momentum_beta: 0.5 }, ["beta", "momentum_beta"])).toBe(0.5);
  expect(of({ lr: "adaptive" }, "lr")).toBeUndefined();
  expect(of({ step_size: 0.3 }, "lr"), "another name").toBe(0.3);
  expect(of({ step_size: 0.3, lr: 0.4 }, "lr"), "its own name first").toBe(0.4);
  expect(of({ betas: [0.9, 0.99] }, "betas_1"), "an entry of a list").toBe(0.99);
  expect(of({}, "sigma0"), "the noise of the measurement").toBe(first.measurement_noise_std);
});

test("a path names a value, every entry's value, or what the first path that names something does", () => {
  const golden = { ...first, grid: { steps: [{ t: 1, a: 0.5 }, { t: 0 }] } };
  expect(valueAt(golden, "grid.steps.0.t")).toBe(1);
  expect(valueAt(golden, "grid.steps.*.t")).toEqual([1, 0]);
  expect(valueAt(golden, "grid.steps.*.a"), "not all have it").toBeUndefined();
  expect(valueAt(golden, ["grid.abar", "grid.steps.*.t"])).toEqual([1, 0]);
});
