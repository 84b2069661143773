import { expect, test } from "vitest";
import { float32, type TensorData } from "../../runtime/tensor/tensor.ts";
import {
  compiled,
  doneOf,
  eventsOf,
  issuesOf,
  numbers,
  tensorFeed,
} from "../../test/engine/kit.ts";

const [stems, samples] = [2, 64];
const wave = (f: (stem: number, i: number) => number): TensorData =>
  float32(
    Float32Array.from({ length: stems * samples }, (_, k) =>
      f(Math.floor(k / samples), k % samples),
    ),
    [1, stems, samples],
  );
const truth = wave((stem, i) => Math.sin((0.3 + 0.4 * stem) * i));

async function scores(x: TensorData, params: object = {}) {
  const mixture = float32(
    Float32Array.from({ length: samples }, (_, i) => Math.sin(0.3 * i) + Math.sin(0.7 * i)),
    [1, 1, samples],
  );
  const score = {
    type: "metric/si-sdr",
    v: 1,
    params,
    in: { x: "@x", groundTruth: "@truth", mixture: "@mixture" },
  };
  const sketch = compiled({
    graph: { score },
    inputs: {
      x: { kind: "signal" },
      truth: { kind: "signal" },
      mixture: { kind: "measurement" },
    },
    outputs: { ratio: "score.siSdr", more: "score.improvement" },
    feeds: { x: tensorFeed(x), truth: tensorFeed(truth), mixture: tensorFeed(mixture) },
  });
  const done = doneOf(await eventsOf(sketch));
  return { ratio: numbers(done, "ratio")[0] ?? 0, more: numbers(done, "more")[0] ?? 0 };
}

/** The definition, in float64. */
function expected(x: TensorData, stem: number): number {
  const row = (t: TensorData) =>
    [...(t.data as Float32Array)].slice(stem * samples, (stem + 1) * samples);
  const [a, s] = [row(x), row(truth)];
  const dot = (p: number[], q: number[]) => p.reduce((sum, v, i) => sum + v * (q[i] ?? 0), 0);
  const gain = dot(a, s) / dot(s, s);
  const target = s.map((v) => gain * v);
  const off = target.map((v, i) => v - (a[i] ?? 0));
  return 10 * Math.log10(dot(target, target) / dot(off, off));
}

const noisy = wave((stem, i) => 3 * Math.sin((0.3 + 0.4 * stem) * i) + 0.3 * Math.cos(1.9 * i));

test("is the definition of every stem, their mean, and does not see the scale", async () => {
  const each = [expected(noisy, 0), expected(noisy, 1)] as const;
  expect((await scores(noisy, { stem: 0 })).ratio).toBeCloseTo(each[0], 3);
  expect((await scores(noisy, { stem: 1 })).ratio).toBeCloseTo(each[1], 3);
  expect((await scores(noisy)).ratio).toBeCloseTo((each[0] + each[1]) / 2, 3);
  const louder = { ...noisy, data: (noisy.data as Float32Array).map((v) => 2 * v) } as TensorData;
  expect((await scores(louder)).ratio).toBeCloseTo((await scores(noisy)).ratio, 4);
});

test("the mixture itself improves nothing", async () => {
  const mixture = wave((_, i) => Math.sin(0.3 * i) + Math.sin(0.7 * i));
  expect((await scores(mixture)).more).toBeCloseTo(0, 5);
  expect((await scores(noisy)).more).toBeGreaterThan(10);
});

test("a stem that is not there is refused", async () => {
  const [issue] = await issuesOf(() => scores(noisy, { stem: 2 }));
  expect(issue?.message).toContain("no stem 2");
});
