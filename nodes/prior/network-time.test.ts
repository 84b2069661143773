import { describe, expect, test } from "vitest";
import { alphaBars, indexOfRatio, ratioOfAlphaBar } from "./alpha-bars.ts";
import { nativeRange, networkTime } from "./network-time.ts";
import { completeParametrisation, type Parametrisation } from "./parametrisation.ts";

function asked(partial: Parameters<typeof completeParametrisation>[0]): Parametrisation {
  const complete = completeParametrisation({ predicts: "eps", ...partial });
  if (complete === null) throw new Error("the test leaves an essential open");
  return complete;
}

/** σ of u₀ + σn at time t of the VP-SDE with β = 0.1 + 19.9 t. */
const ratioAt = (t: number) => Math.sqrt(Math.expm1(0.1 * t + 9.95 * t * t));

describe(networkTime, () => {
  test("gives back the continuous time, scaled, and cut to its whole part where asked", () => {
    const real = asked({ process: "vp-continuous", conditioning: "time" });
    const cut = asked({
      process: "vp-continuous",
      conditioning: "time",
      timeRounding: "truncate",
    });
    for (const t of [0.001, 0.1, 0.5004, 0.98])
      expect(networkTime(real, ratioAt(t))).toBeCloseTo(999 * t, 8);
    expect(networkTime(cut, ratioAt(0.5004))).toBe(499);
    for (const index of [1, 10, 499, 998])
      expect(networkTime(cut, ratioAt(index / 999))).toBe(index);
  });

  test("gives back every index of the table, and the nearest between two", () => {
    const p = asked({ process: "vp-discrete", conditioning: "index" });
    const table = alphaBars(p.betas);
    const ratio = (i: number) => ratioOfAlphaBar(table[i] ?? NaN);
    table.forEach((_, i) => expect(networkTime(p, ratio(i))).toBe(i));
    expect(networkTime(p, ratio(300) * 0.8 + ratio(301) * 0.2)).toBe(300);
    expect(indexOfRatio(table, ratio(999) * 2)).toBe(999);
    expect(indexOfRatio(table, 0)).toBe(0);
  });

  test("a range that is given narrows what is asked, else the process says", () => {
    expect(
      nativeRange(asked({ process: "ve", conditioning: "sigma", sigmaRange: [0.002, 80] })),
    ).toEqual([0.002, 80]);
    const [low, high] = nativeRange(asked({ process: "vp-discrete", conditioning: "index" }));
    expect(low).toBeCloseTo(0.01, 4);
    expect(high).toBeCloseTo(157.4, 1);
  });
});
