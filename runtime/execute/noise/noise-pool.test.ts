import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  createNoisePool,
  type NoisePool,
  type NoisePoolOptions,
  type PoolRequest,
} from "./noise-pool.ts";
import { philoxNoise } from "./philox-noise.ts";
import { startNodePoolWorker } from "./pool-worker-node.ts";
import type { NoiseDraw } from "./noise-source.ts";

const pools: NoisePool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});
const aPool = (options: Partial<NoisePoolOptions> = {}): NoisePool => {
  const pool = createNoisePool({ start: startNodePoolWorker, ...options });
  pools.push(pool);
  return pool;
};
const aRequest = (n: number, sampleSize = 20_001): PoolRequest => ({
  sampleSize,
  starts: [
    { key: [n, 1], counter: [0, n, 1] },
    { key: [n, 2], counter: [0, n, 1] },
  ],
});
const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));
const plain = createNoisePool({ start: startNodePoolWorker, workers: 0 });
/** Equal bits; quicker than `toEqual` on long arrays. */
const expectSame = (a: unknown, b: unknown): void => {
  if (!(a instanceof Float32Array) || !(b instanceof Float32Array)) throw new Error("no array");
  const [x, y] = [a, b].map((v) => Buffer.from(v.buffer, v.byteOffset, v.byteLength));
  expect(x?.equals(y ?? Buffer.of())).toBe(true);
};
const expected = (n: number, size?: number): unknown => plain.draw(aRequest(n, size));

describe(createNoisePool, () => {
  for (const shared of [true, false])
    test(`gives the same bits ahead of time as on the spot, ${shared ? "shared" : "transferred"}`, async () => {
      const pool = aPool({ shared });
      const ns = Array.from({ length: 60 }, (_, i) => i);
      for (let round = 0; round < 3; round++) {
        pool.prefetch(ns.map((n) => aRequest(n)));
        if (round > 0) await pause(30);
        for (const n of ns) expectSame(await pool.draw(aRequest(n)), expected(n));
      }
      expect(pool.failure).toBeNull();
    });

  test("fills an array that it took back with the bits of a new one", async () => {
    const pool = aPool();
    const own = pool.draw(aRequest(1));
    if (!(own instanceof Float32Array)) throw new Error("the array was not ready");
    own.fill(Number.NaN);
    pool.recycle(own);
    expect(pool.draw(aRequest(2))).toBe(own);
    expectSame(own, expected(2));
    own.fill(Number.NaN);
    pool.recycle(own);
    pool.prefetch([aRequest(3)]);
    await pause(200);
    expect(await pool.draw(aRequest(3))).toBe(own);
    expectSame(own, expected(3));
    expectSame(await pool.draw(aRequest(4, 7)), expected(4, 7));
  });

  test("has a shared array ready at once, without a turn of the event loop", async () => {
    const pool = aPool();
    pool.prefetch([aRequest(1)]);
    await pause(200);
    expect(pool.draw(aRequest(1))).toBeInstanceOf(Float32Array);
  });

  test("serves a second draw of the same array, and one that was never asked for", async () => {
    const pool = aPool();
    pool.prefetch([aRequest(1), aRequest(1)]);
    const first = await pool.draw(aRequest(1));
    const second = await pool.draw(aRequest(1));
    expectSame(first, expected(1));
    expectSame(second, expected(1));
    expect(second).not.toBe(first);
  });

  test("serves every draw under a limit that holds few arrays, of changing sizes", async () => {
    const pool = aPool({ limitBytes: 500_000 });
    const ns = Array.from({ length: 40 }, (_, i) => i);
    const size = (n: number): number => 10_000 + 5_000 * (n % 7);
    pool.prefetch(ns.map((n) => aRequest(n, size(n))));
    pool.prefetch([aRequest(99, 1_000_000)]);
    for (const n of ns) expectSame(await pool.draw(aRequest(n, size(n))), expected(n, size(n)));
    expectSame(await pool.draw(aRequest(99, 1_000_000)), expected(99, 1_000_000));
  });

  test("drops what was not drawn, and goes on", async () => {
    for (const shared of [true, false]) {
      const pool = aPool({ shared, limitBytes: 1_000_000 });
      for (let round = 0; round < 20; round++) {
        pool.prefetch(Array.from({ length: 12 }, (_, i) => aRequest(i)));
        if (round % 2 === 0) await pause(2);
        pool.clear();
        expectSame(await pool.draw(aRequest(round)), expected(round));
      }
    }
  });

  test("is not clogged by arrays that were asked for and never drawn", async () => {
    for (const shared of [true, false]) {
      const pool = aPool({ shared, limitBytes: 1_000_000 });
      for (let n = 0; n < 300; n++) {
        const unused = n % 8 === 0 ? [aRequest(n + 10_000, 5_000)] : [];
        pool.prefetch([...unused, aRequest(n, 5_000)]);
        if (n >= 297) await pause(250);
        const before = pool.ahead;
        await pool.draw(aRequest(n, 5_000));
        if (n >= 297) expect(pool.ahead).toBe(before + 1);
      }
    }
  });

  test("settles draws that are under way when it is closed, and draws on", async () => {
    for (const shared of [true, false]) {
      const pool = aPool({ shared });
      const ns = Array.from({ length: 12 }, (_, i) => i);
      pool.prefetch(ns.map((n) => aRequest(n)));
      const draws = ns.map((n) => pool.draw(aRequest(n)));
      await pool.close();
      for (const n of ns) expectSame(await draws[n], expected(n));
      expect(pool.failure).toBe("the pool is closed");
      expectSame(pool.draw(aRequest(3)), expected(3));
    }
  });

  test("draws on this thread when a worker cannot start, and says why", () => {
    const pool = aPool({
      start: () => {
        throw new Error("no threads here");
      },
    });
    pool.prefetch([aRequest(1)]);
    expectSame(pool.draw(aRequest(1)), expected(1));
    expect(pool.failure).toContain("no threads here");
  });

  test("draws on this thread when a worker fails later", async () => {
    const pool = aPool({
      start: (_, events) =>
        startNodePoolWorker("port.onmessage = () => { throw new Error('broken'); };", events),
    });
    pool.prefetch([aRequest(1), aRequest(2)]);
    await vi.waitFor(() => expect(pool.failure).not.toBeNull(), { timeout: 10_000 });
    expectSame(await pool.draw(aRequest(1)), expected(1));
    expect(pool.failure).toContain("broken");
  });
});

test("a pool with work that nobody awaits does not keep the process alive", async () => {
  const module = (name: string): string => new URL(name, import.meta.url).href;
  const script = `
    const { createNoisePool } = await import(${JSON.stringify(module("noise-pool.ts"))});
    const { startNodePoolWorker } = await import(${JSON.stringify(module("pool-worker-node.ts"))});
    const pool = createNoisePool({ start: startNodePoolWorker });
    const request = (n) => ({ sampleSize: 4e6, starts: [{ key: [n, 0], counter: [0, 0, 0] }] });
    pool.prefetch([request(1), request(2), request(3)]);
    await new Promise((resolve) => setTimeout(resolve, 60));
    const values = await pool.draw(request(1));
    console.log(values.length, pool.failure);`;
  const node = ["--import", "tsx", "--input-type=module", "--eval", script];
  const { stdout } = await promisify(execFile)(process.execPath, node, { timeout: 30_000 });
  expect(stdout).toBe("4000000 null\n");
});

describe(philoxNoise, () => {
  test("gives a sample the same noise alone, in a batch, and from a pool", async () => {
    const draw: NoiseDraw = {
      stream: "start",
      shape: [3, 2, 50],
      indices: [4, 1],
      samples: [0, 7, 2],
    };
    const source = philoxNoise(11);
    const batch = await source.draw(draw);
    for (const [row, sample] of draw.samples.entries()) {
      const alone = source.draw({ ...draw, shape: [1, 2, 50], samples: [sample] });
      expect(alone).toEqual(batch.slice(row * 100, (row + 1) * 100));
    }
    const pooled = philoxNoise(11, aPool());
    pooled.prefetch([draw]);
    await pause(100);
    expect(await pooled.draw(draw)).toEqual(batch);
    expect(pooled.finish()).toEqual([]);
  });
});
