import { describe, expect, test } from "vitest";
import { ve } from "../schedule/levels.ts";
import { vpSdeLevel, vpSdeTime } from "../schedule/vp-sde.ts";
import { conjugateCoefficients } from "./conjugate-coefficients.ts";
import { flowPath, vpPath } from "./conjugate-path.ts";
import { integrate } from "./quadrature.ts";

const sde = { betaMin: 0.1, betaMax: 20 };
const near = (actual: number, expected: number, relative = 2e-6) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.abs(expected));

describe("quadrature", () => {
  test("integrates √t and polynomials to machine precision, with sign", () => {
    near(
      integrate((t) => Math.sqrt(t), 0, 4),
      16 / 3,
      1e-13,
    );
    near(
      integrate((t) => t ** 5, 2, 1),
      -63 / 6,
      1e-13,
    );
  });
});

describe("the variance preserving SDE", () => {
  test("time and level are inverse to each other, near 0 too", () => {
    for (const t of [1e-6, 0.001, 0.2404, 1]) {
      const { alpha, sigma } = vpSdeLevel(sde, t);
      near(vpSdeTime(sde, sigma / alpha), t, 1e-12);
    }
  });
});

/** Coefficients of the specification's table, S = 5, t 0.4 → 0.001, e0 1e-6 (float64 quadrature). */
describe("conjugate coefficients", () => {
  const guidance = { weight: 15, lambda: 0, epsilon: 1e-6, noiseStd: 0 };
  const path = vpPath(guidance);
  const rows = [
    { t: 0.4, k1: 0.816, k2: -12.24, y: 0.000369148, s1: -0.6630855, j1: -3.72659 },
    { t: 0.3202, k1: 0.526087, k2: -7.891305, y: 0.0108126, s1: -0.4594606, j1: -2.535688 },
    { t: 0.2404, k1: 0.299536, k2: -4.49304, y: 0.1181671, s1: -0.3458654, j1: -1.443382 },
    { t: 0.1606, k1: 0.136347, k2: -2.045205, y: 0.4488669, s1: -0.2846384, j1: -0.5863978 },
  ];
  test.each(rows)("of C-PiGDM at t = $t", ({ t, k1, k2, y, s1, j1 }) => {
    const { null: onNull, range } = path.exponents(t);
    near(onNull, k1);
    near(range - onNull, k2);
    const between = { level: vpSdeLevel(sde, t), next: vpSdeLevel(sde, t - 0.0798) };
    const end = path.exponents(t - 0.0798);
    const found = conjugateCoefficients(path, between, { lambda: 0, mode: "derived" });
    near(found.measurement * Math.exp(end.range), y);
    near(found.prediction.null * Math.exp(end.null), s1);
    near(found.jacobian.null * Math.exp(end.null), j1);
    expect(Math.abs(found.state.range)).toBeLessThan(1);
  });

  test("of C-PiGFM, first step of w 20, lambda 0.2", () => {
    const flow = flowPath({ weight: 20, lambda: 0.2, epsilon: 0, noiseStd: 0 });
    const between = { level: { alpha: 0.6, sigma: 0.4 }, next: { alpha: 0.68, sigma: 0.32 } };
    const end = flow.exponents(0.68);
    const [c1, c2, q, yy] = [
      0.09092521007743064, 0.8653452335145991, 1.5694034412628095, 4.3825925074455,
    ];
    const found = conjugateCoefficients(flow, between, { lambda: 0.2, mode: "code" });
    near(found.prediction.null * Math.exp(end.null), c1, 1e-9);
    near(found.prediction.range * Math.exp(end.range), c1 + c2 - q, 1e-9);
    near(found.measurement * Math.exp(end.range), yy, 1e-9);
    near(found.jacobian.null * Math.exp(end.null), 0.08 * q, 1e-9);
    near(found.jacobian.range * Math.exp(end.range), 0.08 * q, 1e-9);
    const derived = conjugateCoefficients(flow, between, { lambda: 0.2, mode: "derived" });
    near(derived.jacobian.range * Math.exp(end.range), q, 1e-9);
  });

  test("without guidance both spaces step alike", () => {
    const free = vpPath({ ...guidance, weight: 0 });
    const between = { level: ve(1), next: ve(0.5) };
    const { state, prediction, jacobian } = conjugateCoefficients(free, between, {
      lambda: 0,
      mode: "derived",
    });
    near(state.range, state.null, 1e-14);
    near(prediction.range, prediction.null, 1e-14);
    expect(jacobian).toEqual({ null: 0, range: 0 });
  });
});
