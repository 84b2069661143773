import { expect, test } from "vitest";
import { float32 } from "../../runtime/tensor/tensor.ts";
import { compiled, doneOf, eventsOf, numbers, tensorFeed } from "../../test/engine/kit.ts";

const filled = (value: number) => tensorFeed(float32(Array(4).fill(value), [1, 1, 2, 2]));

/** One step from ᾱ 0.3 to 0.6 of the state 0 towards 0: the noise alone, times its standard deviation. */
async function noiseStd(wires: Readonly<Record<string, string>>, mix: number, learned = 0) {
  const level = (alphaBar: number) => ({ type: "schedule/alpha-bar", v: 1, params: { alphaBar } });
  const step = (params: object, more: object) => ({
    type: "sampler/ancestral",
    v: 1,
    params: { stream: "n", ...params },
    in: { x: "@zero", x0: "@zero", level: "here.level", next: "there.level", ...more },
  });
  const graph = { here: level(0.3), there: level(0.6), step: step({ varianceMix: mix }, wires) };
  const inputs = { zero: { kind: "signal" }, learned: { kind: "signal" } };
  const sketch = compiled({
    graph,
    inputs,
    outputs: { x: "step.x" },
    feeds: { zero: filled(0), learned: filled(learned) },
  });
  return numbers(doneOf(await eventsOf(sketch)), "x");
}

const learned = { variance: "@learned" };
const ratio = (a: readonly number[], b: readonly number[]) => a.map((v, i) => v / (b[i] ?? 0));

test("a stated mix of the variances is what the network's learned one would be", async () => {
  for (const mix of [-1, 0, 0.5, 1]) {
    const [stated, asked] = [await noiseStd({}, mix), await noiseStd(learned, -1, mix)];
    for (const r of ratio(stated, asked)) expect(r).toBeCloseTo(1, 5);
  }
});

test("the mix goes from the posterior's variance to beta's, geometrically", async () => {
  const [small, middle, large] = [
    await noiseStd({}, -1),
    await noiseStd({}, 0),
    await noiseStd({}, 1),
  ];
  // beta = 1 − ᾱ/ᾱ' = 1/2; posterior beta (1 − ᾱ')/(1 − ᾱ) = 0.5 · 0.4/0.7.
  for (const r of ratio(large, small)) expect(r).toBeCloseTo(Math.sqrt(0.7 / 0.4), 5);
  for (const r of ratio(middle, small)) expect(r).toBeCloseTo((0.7 / 0.4) ** 0.25, 5);
});
