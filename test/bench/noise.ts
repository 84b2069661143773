import { referenceNormals } from "../../runtime/base/random-normals.ts";
import type { PhiloxStart } from "../../runtime/base/random-key.ts";
import { createNoisePool, type PoolRequest } from "../../runtime/execute/noise/noise-pool.ts";
import { startNodePoolWorker } from "../../runtime/execute/noise/pool-worker-node.ts";
import { headerBytes, poolWorkerScript } from "../../runtime/execute/noise/pool-worker.ts";
import {
  createWasmNormals,
  normalsWasmBytes,
  type FillFrom,
} from "../../runtime/execute/noise/wasm-normals.ts";
import type { Figure } from "./report.ts";

const sampleSize = 3 * 256 * 256;
const startOf = (n: number): PhiloxStart => ({ key: [n, 7], counter: [0, n, 1] });
const requestOf = (n: number): PoolRequest => ({ sampleSize, starts: [startOf(n)] });

/** Speeds in TypeScript, in WASM, and with pools of one and two workers; `scale` shortens it. */
export async function benchNoise(scale: number): Promise<readonly Figure[]> {
  const wasm = createWasmNormals();
  const draws = (full: number) => Math.max(2, Math.round(full * scale));
  const figures = [speed("TypeScript, one thread", fillRate(referenceNormals, draws(20)))];
  if (wasm !== null) figures.push(speed("WASM SIMD, one thread", fillRate(wasm, draws(300))));
  for (const workers of [1, 2]) figures.push(await workerRate(workers, draws(4)));
  for (const workers of [1, 2]) figures.push(await poolRate(workers, draws(600)));
  figures.push(await aheadOfUse(draws(100)));
  return figures;
}

const speed = (name: string, value: number, note?: string): Figure => ({
  name,
  value,
  unit: "M/s",
  ...(note === undefined ? {} : { note }),
});

/** What worker threads make when nobody copies it out. */
async function workerRate(count: number, rounds: number): Promise<Figure> {
  const samples = 96;
  const buffer = new SharedArrayBuffer(headerBytes + 4 * sampleSize * samples);
  const buffers = [
    buffer,
    ...Array.from({ length: count - 1 }, () => new SharedArrayBuffer(buffer.byteLength)),
  ];
  const starts = Uint32Array.from({ length: 5 * samples }, (_, i) => i);
  let left = 0;
  let settle = (): void => {};
  const message = (): void => {
    if (--left === 0) settle();
  };
  const events = { message, failure: () => {} };
  const workers = buffers.map(() => startNodePoolWorker(poolWorkerScript, events));
  const round = (id: number): Promise<void> => {
    left = count;
    for (const [i, worker] of workers.entries()) {
      const shared = buffers[i] ?? buffer;
      new Int32Array(shared)[0] = id;
      worker.post({ id, buffer: shared, sampleSize, starts }, []);
    }
    return new Promise((resolve) => void (settle = resolve));
  };
  for (const worker of workers) {
    worker.hold();
    worker.post({ wasm: normalsWasmBytes() }, []);
  }
  await round(1);
  const begin = performance.now();
  for (let id = 2; id < 2 + rounds; id++) await round(id);
  const millions = rate(rounds * samples * count, performance.now() - begin);
  await Promise.all(workers.map((worker) => worker.close()));
  return speed(`${count} worker${count === 1 ? "" : "s"}, into shared memory`, millions);
}

/** What a draw costs the caller when workers were a few draws ahead. */
async function aheadOfUse(draws: number): Promise<Figure> {
  const pool = createNoisePool({ start: startNodePoolWorker });
  let [ready, drawMs] = [0, 0];
  for (let n = 0; n < draws; n++) {
    pool.prefetch([requestOf(n), requestOf(n + 1), requestOf(n + 2)]);
    await new Promise((resolve) => setTimeout(resolve, 8));
    const before = performance.now();
    if (pool.draw(requestOf(n)) instanceof Float32Array) ready++;
    drawMs += performance.now() - before;
  }
  await pool.close();
  return {
    name: "a draw from a pool of 2, 8 ms after the last",
    value: drawMs / draws,
    unit: "ms",
    note: `${ready} of ${draws} at once`,
  };
}

function fillRate(fill: FillFrom, draws: number): number {
  const out = new Float32Array(sampleSize);
  fill(out, startOf(0));
  const begin = performance.now();
  for (let n = 0; n < draws; n++) fill(out, startOf(n));
  return rate(draws, performance.now() - begin);
}

async function poolRate(workers: number, draws: number): Promise<Figure> {
  const pool = createNoisePool({ start: startNodePoolWorker, workers });
  pool.prefetch([requestOf(draws)]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await pool.draw(requestOf(draws));
  const begin = performance.now();
  pool.prefetch(Array.from({ length: draws }, (_, n) => requestOf(n)));
  let [ready, drawMs] = [0, 0];
  for (let n = 0; n < draws; n++) {
    const before = performance.now();
    const drawn = pool.draw(requestOf(n));
    drawMs += performance.now() - before;
    if (drawn instanceof Float32Array) ready++;
    else await drawn;
  }
  const millions = rate(draws, performance.now() - begin);
  await pool.close();
  const note = `${ready} of ${draws} at once, ${(drawMs / draws).toFixed(2)} ms in draw`;
  return speed(`pool of ${workers}, drawn back to back`, millions, note);
}

/** Millions of normals a second. */
function rate(draws: number, durationMs: number): number {
  return (draws * sampleSize) / durationMs / 1000;
}
