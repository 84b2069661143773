import { describe, expect, test } from "vitest";
import { float32 } from "../../runtime/tensor/tensor.ts";
import { run } from "../../runtime/execute/run.ts";
import { countingBackend } from "./counting-backend.ts";
import { compiled, cpu, expression, optionsOf, tensorFeed, type Sketch } from "./kit.ts";

const loops = (count: number): Sketch => ({
  graph: {
    outer: {
      type: "zone/repeat",
      v: 1,
      params: { count },
      states: {
        u: { init: "@x", next: "mean.x", depth: 3 },
        v: { init: "@x", next: "inner.w" },
        n: { init: "zero.x", next: "n.x" },
      },
      body: {
        noise: { type: "math/noise", v: 1, in: { like: "@u" } },
        inner: {
          type: "zone/repeat",
          v: 1,
          params: { count: 12 },
          states: { w: { init: "@v", next: "a.x" } },
          body: {
            e: { type: "math/noise", v: 1, in: { like: "@w" } },
            a: expression("0.9*w + 0.1*e", { w: "@w", e: "e.x" }),
          },
        },
        mean: expression("(u + a + b + w) / 4 + 0.1*e", {
          u: "@u",
          a: "@u.1",
          b: "@u.2",
          w: "inner.w",
          e: "noise.x",
        }),
        norm: { type: "math/norm", v: 1, in: { x: "mean.x" } },
        n: expression("n + 1", { n: "@n" }),
        small: expression("n > 100000", { n: "norm.norm" }),
        choose: {
          type: "zone/if",
          v: 1,
          in: { condition: "small.x" },
          then: { body: { t: expression("u * 2", { u: "mean.x" }) }, outputs: { x: "t.x" } },
          else: { body: { t: expression("u * 3", { u: "mean.x" }) }, outputs: { x: "t.x" } },
        },
      },
    },
    zero: expression("0", {}),
  },
  outputs: { u: "outer.u", v: "outer.v" },
  feeds: { x: tensorFeed(float32(new Float32Array(3 * 64 * 64), [1, 3, 64, 64])) },
});

describe("memory", () => {
  test("300 outer iterations hold no more tensors than 5, and at the end none", async () => {
    const mostOf = async (count: number) => {
      const counted = countingBackend(await cpu());
      const seen: number[] = [];
      for await (const event of run(
        compiled(loops(count)),
        await optionsOf({ backend: counted.backend }),
      ))
        if (event.type === "step") seen.push(counted.live());
      expect(counted.live()).toBe(0);
      expect(counted.openSessions()).toBe(0);
      return { most: counted.most(), largest: Math.max(...seen) };
    };
    const few = await mostOf(5);
    const many = await mostOf(300);
    expect(many.most).toBeLessThanOrEqual(few.most);
    // x, three of u, one of v, what an iteration makes, and the twelve draws of the inner loop at its peak.
    expect(few.most).toBeLessThanOrEqual(24);
  });

  test("a run that fails at any session run holds nothing afterwards", async () => {
    for (let at = 1; at <= 14; at += 1) {
      const counted = countingBackend(await cpu(), (n) => {
        if (n === at) throw new Error("planted");
      });
      await expect(async () => {
        for await (const event of run(
          compiled(loops(4)),
          await optionsOf({ backend: counted.backend }),
        ))
          void event;
      }).rejects.toThrow("planted");
      expect(counted.live(), `failing at run ${at}`).toBe(0);
      expect(counted.openSessions()).toBe(0);
    }
  });
});
