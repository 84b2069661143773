import { describe, expect, test } from "vitest";
import { philox4x32 } from "./philox.ts";
import type { PhiloxStart } from "./random-key.ts";
import { referenceNormals } from "./random-normals.ts";

const f = Math.fround;
const start: PhiloxStart = { key: [2026, 11], counter: [3, 2, 2] };
const count = 400_000;
const normals = new Float32Array(count);
referenceNormals(normals, start);

const mean = (value: (x: number) => number): number =>
  normals.reduce((sum, x) => sum + value(x), 0) / count;

/** Cumulative normal distribution to 1.5e-7 (Abramowitz and Stegun, 7.1.26). */
function cumulative(x: number): number {
  const t = 1 / (1 + (0.3275911 * Math.abs(x)) / Math.SQRT2);
  const poly =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const tail = (poly * Math.exp((-x * x) / 2)) / 2;
  return x < 0 ? tail : 1 - tail;
}

describe(referenceNormals, () => {
  test("has the moments of a standard normal, within four standard errors", () => {
    const error = (variance: number): number => 4 * Math.sqrt(variance / count);
    expect(Math.abs(mean((x) => x))).toBeLessThan(error(1));
    expect(Math.abs(mean((x) => x ** 2) - 1)).toBeLessThan(error(2));
    expect(Math.abs(mean((x) => x ** 3))).toBeLessThan(error(15));
    expect(Math.abs(mean((x) => x ** 4) - 3)).toBeLessThan(error(96));
  });

  test("has the tails of a standard normal, within four standard errors", () => {
    for (const [beyond, chance] of [
      [1, 0.3173105],
      [2, 0.0455003],
      [3, 0.0026998],
      [4, 6.334e-5],
    ] as const) {
      const expected = chance * count;
      const got = normals.reduce((n, x) => n + (Math.abs(x) > beyond ? 1 : 0), 0);
      expect(Math.abs(got - expected)).toBeLessThan(4 * Math.sqrt(expected));
    }
  });

  test("passes Kolmogorov and Smirnov at one in a thousand", () => {
    const distance = normals.toSorted().reduce((worst, x, i) => {
      const p = cumulative(x);
      return Math.max(worst, p - i / count, (i + 1) / count - p);
    }, 0);
    expect(distance).toBeLessThan(1.95 / Math.sqrt(count));
  });

  test("has no correlation between neighbours up to four apart", () => {
    for (const lag of [1, 2, 3, 4]) {
      const sum = normals.reduce((total, x, i) => total + x * (normals[i + lag] ?? 0), 0);
      expect(Math.abs(sum / count)).toBeLessThan(4 / Math.sqrt(count));
    }
  });

  test("stays within 3e-7 of the radius of Math.log, Math.sin and Math.cos", () => {
    let worst = 0;
    for (let block = 0; block < 25_000; block++) {
      const words = philox4x32([block, ...start.counter], start.key);
      for (const pair of [0, 2] as const) {
        const u = f(f(f(words[pair]) * f(2 ** -32)) + f(2 ** -33));
        const quarters = ((words[pair + 1] ?? 0) + 0x20000000) >>> 30;
        const turn = (Math.PI / 2) * (quarters + f((((words[pair + 1] ?? 0) << 2) | 2) * 2 ** -32));
        const r = Math.sqrt(-2 * Math.log(u));
        const [x, y] = [normals[4 * block + pair] ?? 0, normals[4 * block + pair + 1] ?? 0];
        const error = Math.max(Math.abs(x - r * Math.cos(turn)), Math.abs(y - r * Math.sin(turn)));
        worst = Math.max(worst, r === 0 ? 0 : error / r);
      }
    }
    expect(worst).toBeLessThan(3e-7);
  });

  test("fills a length that is no multiple of four with a prefix", () => {
    const short = new Float32Array(7);
    referenceNormals(short, start);
    expect(short).toEqual(normals.slice(0, 7));
  });

  test("keeps its bits", () => {
    const bits = new Uint32Array(normals.slice(0, 8).buffer);
    expect([...bits].map((word) => word.toString(16))).toMatchInlineSnapshot(`
      [
        "3fa756e3",
        "3fd2f665",
        "bee2367d",
        "bfd1605a",
        "3f8e5b78",
        "bf7b07d8",
        "bef77959",
        "3fd498b4",
      ]
    `);
  });
});
