import { describe, expect, test } from "vitest";
import { endsOf, statsOf } from "../data/stats.ts";
import { floatsOf } from "../data/floats.ts";
import { intervalOfRun, ticksOf, withEqualUnits } from "./axes.ts";
import { polarOf } from "./complex.ts";
import { contourOf } from "./contours.ts";
import { gridOfFunction, gridOfPoints, levelsOfMass } from "./density.ts";
import { histogramOf } from "./histogram.ts";
import { shrink } from "./shrink.ts";
import { splat, tint } from "./splat.ts";
import { envelopeOf } from "./waveform.ts";

const unit = { x: [0, 1], y: [0, 1] } as const;
const cloud = (...values: readonly number[]) => ({
  values: Float32Array.from(values),
  count: values.length / 2,
  dims: 2,
});

describe("statsOf", () => {
  test("is over the finite values, and counts the others", () => {
    const stats = statsOf(Float32Array.of(1, NaN, 3, Infinity, -Infinity, NaN));
    expect(stats).toEqual({ min: 1, max: 3, mean: 2, std: 1, finite: 2, nan: 2, infinite: 2 });
    expect(statsOf(Float32Array.of(NaN)).mean).toBeNaN();
  });

  test("where nothing is finite, the ends say which way", () => {
    expect(endsOf(Float32Array.of(NaN, Infinity))).toEqual({ min: Infinity, max: Infinity });
    expect(endsOf(Float32Array.of(Infinity, -Infinity))).toEqual({ min: -Infinity, max: Infinity });
    expect(endsOf(Float32Array.of(2, NaN, -1))).toEqual({ min: -1, max: 2 });
    expect(endsOf(Float32Array.of(NaN)).min).toBeNaN();
  });

  test("float16 bits are numbers", () => {
    const data = Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7c00, 0x7e00);
    const values = floatsOf({ dtype: "float16", shape: [5], data });
    expect([...values]).toEqual([1, -2, 2 ** -24, Infinity, NaN]);
  });
});

describe("axes", () => {
  test("ticks are round and lie inside", () => {
    expect(ticksOf([-1, 1], 4)).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(ticksOf([0.013, 0.097], 4)).toEqual([0.02, 0.04, 0.06, 0.08]);
    expect(ticksOf([3, 3], 4)).toEqual([]);
  });

  test("one interval holds for all frames of a run", () => {
    const frame = (min: number, max: number) => ({ summary: { min, max } });
    const frames = [frame(-10, 12), frame(-2, 3), frame(NaN, NaN)];
    expect(intervalOfRun(frames)).toEqual([-10, 12]);
    expect(intervalOfRun([...frames, frame(-1, 1)])).toEqual([-10, 12]);
    expect(intervalOfRun([frame(NaN, NaN)])).toBeNull();
  });

  test("equal units keep all that was seen", () => {
    expect(withEqualUnits(unit, 200, 100)).toEqual({ x: [-0.5, 1.5], y: [0, 1] });
  });
});

describe("splat", () => {
  const request = {
    axes: [0, 1],
    extent: unit,
    width: 20,
    height: 20,
    radius: 1.5,
    opacity: 0.5,
  } as const;

  test("a point is where the axes say, upwards", () => {
    const coverage = new Float32Array(400);
    splat({ ...request, points: cloud(0.25, 0.9) }, coverage);
    let [sum, x, y] = [0, 0, 0];
    coverage.forEach((value, i) => {
      sum += value;
      x += value * ((i % 20) + 0.5);
      y += value * (Math.floor(i / 20) + 0.5);
    });
    expect(x / sum).toBeCloseTo(5, 1);
    expect(y / sum).toBeCloseTo(2, 1);
    expect(Math.max(...coverage)).toBeCloseTo(0.5);
  });

  test("points that pile up grow opaque, never beyond one", () => {
    const coverage = new Float32Array(400);
    splat({ ...request, points: cloud(0.5, 0.5, 0.5, 0.5) }, coverage);
    expect(Math.max(...coverage)).toBeCloseTo(0.75);
  });

  test("counts what is outside and what is no number", () => {
    const points = cloud(2, 0.5, NaN, 0.5, 0.5, -Infinity, 0.5, 0.5);
    expect(splat({ ...request, points }, new Float32Array(400))).toEqual({
      outside: 1,
      notFinite: 2,
    });
  });

  test("tint writes the colour and the opacity", () => {
    const pixels = new Uint8ClampedArray(8);
    tint(Float32Array.of(0, 0.5), [10, 20, 30], pixels);
    expect([...pixels]).toEqual([10, 20, 30, 0, 10, 20, 30, 128]);
  });
});

describe("density", () => {
  test("the contour of a cone is a circle", () => {
    const grid = gridOfFunction((x, y) => 1 - Math.hypot(x, y), { x: [-1, 1], y: [-1, 1] }, 64, 64);
    const lines = contourOf(grid, 0.5);
    expect(lines.length).toBeGreaterThan(100);
    for (let i = 0; i < lines.length; i += 2)
      expect(Math.hypot(lines[i] ?? 0, lines[i + 1] ?? 0)).toBeCloseTo(0.5, 2);
  });

  test("every contour is closed: each of its points ends two pieces", () => {
    const grid = gridOfFunction(
      (x, y) => Math.sin(9 * x) * Math.sin(9 * y),
      { x: [-1, 1], y: [-1, 1] },
      40,
      40,
    );
    const ends = new Map<string, number>();
    const lines = contourOf(grid, 0.3);
    for (let i = 0; i < lines.length; i += 2) {
      if (Math.max(Math.abs(lines[i] ?? 0), Math.abs(lines[i + 1] ?? 0)) > 0.97) continue;
      const name = `${lines[i]?.toFixed(5)} ${lines[i + 1]?.toFixed(5)}`;
      ends.set(name, (ends.get(name) ?? 0) + 1);
    }
    expect([...ends.values()].filter((count) => count !== 2)).toEqual([]);
  });

  test("smoothing keeps the number of points, and half of them lie in the region of one half", () => {
    const points = cloud(...Array.from({ length: 400 }, (_, i) => 0.5 + 0.1 * Math.sin(i * i)));
    const grid = gridOfPoints(points, [0, 1], unit, { columns: 60, rows: 60, radius: 2 });
    expect(grid.values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(200, 2);
    const [level = 0] = levelsOfMass(grid.values, [0.5]);
    const inside = grid.values
      .filter((value) => value >= level)
      .reduce((sum, value) => sum + value, 0);
    expect(inside / 200).toBeGreaterThanOrEqual(0.5);
    expect(inside / 200).toBeLessThan(0.56);
  });
});

describe("what a tensor comes to", () => {
  test("a histogram counts each value once", () => {
    const { counts, below, above, stats } = histogramOf(
      Float32Array.of(-2, -1, -0.6, 0, 0.99, 1, 3, NaN),
      4,
      [-1, 1],
    );
    expect([...counts]).toEqual([2, 0, 1, 2]);
    expect([below, above, stats.nan]).toEqual([1, 1, 1]);
  });

  test("an envelope holds every extreme", () => {
    const values = Float32Array.of(9, 0, 1, -3, 2, 5);
    expect([...envelopeOf(values, 1, 5, 2)]).toEqual([0, 1, -3, 5]);
  });

  test("shrinking averages, and keeps a NaN", () => {
    const layout = { kind: "image", batch: 1, channels: 1, height: 2, width: 4 } as const;
    const small = shrink(Float32Array.of(0, 2, 1, NaN, 4, 6, 1, 1), layout, [2, 2]);
    expect([...small.values]).toEqual([3, NaN]);
    expect([small.layout.width, small.layout.height]).toEqual([2, 1]);
  });

  test("pairs of channels are complex numbers", () => {
    const layout = { kind: "image", batch: 1, channels: 4, height: 1, width: 1 } as const;
    const { magnitude, phase } = polarOf(Float32Array.of(3, 4, 0, -2), layout);
    expect([...magnitude]).toEqual([5, 2]);
    expect(phase[1]).toBeCloseTo(-Math.PI / 2);
  });
});
