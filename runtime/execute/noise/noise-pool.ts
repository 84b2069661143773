import type { PhiloxStart } from "../../base/random-key.ts";
import { fillFrom } from "./fill-normals.ts";
import { createPoolMemory, type JobBuffer, type PoolMemory } from "./pool-memory.ts";
import {
  headerBytes,
  poolWorkerScript,
  type FromPoolWorker,
  type PoolWorker,
  type StartPoolWorker,
} from "./pool-worker.ts";
import { createWasmNormals, normalsWasmBytes } from "./wasm-normals.ts";

/** An array of normals: so many for each start, one after another. */
export interface PoolRequest {
  readonly sampleSize: number;
  readonly starts: readonly PhiloxStart[];
}

/** Makes noise ahead of time in worker threads. What it makes has the same bits as made on the spot. */
export interface NoisePool {
  /** Why the workers are out of use; null while they work. Draws still succeed, on this thread. */
  readonly failure: string | null;
  /** How many draws came from a worker; the others were made on this thread. */
  readonly ahead: number;
  /**
   * Asks for arrays, soonest first. What does not fit the memory waits, 4096 at most, until the
   * next call, which says better what is needed.
   */
  prefetch(requests: readonly PoolRequest[]): void;
  /** The array: at once when it is ready or no worker has begun it, else when its worker is done. */
  draw(request: PoolRequest): Float32Array | Promise<Float32Array>;
  /** Takes back the array of a draw, for a later one of its size. */
  recycle(values: Float32Array): void;
  /** Drops what was asked for and not drawn, and what was taken back. */
  clear(): void;
  /** Ends the workers. Draws still succeed, on this thread. */
  close(): Promise<void>;
}

export interface NoisePoolOptions {
  readonly start: StartPoolWorker;
  /** Number of threads. Default: 2. */
  readonly workers?: number;
  /** Bytes of arrays ahead of their draws. Default: 64 MiB. */
  readonly limitBytes?: number;
  /** Default: where the platform has shared memory. */
  readonly shared?: boolean;
}

export function createNoisePool(options: NoisePoolOptions): NoisePool {
  return new ThreadedNoisePool(options);
}

interface Job {
  readonly key: string;
  readonly request: PoolRequest;
  readonly id: number;
  /** Null while the job waits for memory, and while its buffer is with the worker. */
  buffer: JobBuffer | null;
  worker: PoolWorker | null;
  /** How many draws had been made when the job went to a worker; Infinity before. */
  sentAt: number;
  waiter: ((values: Float32Array) => void) | null;
}

const mostWaiting = 4096;
const lastId = 2 ** 30;

class ThreadedNoisePool implements NoisePool {
  readonly #limitBytes: number;
  readonly #memory: PoolMemory;
  readonly #workers: PoolWorker[] = [];
  /** Jobs not drawn yet, in the order in which they were asked for. */
  readonly #jobs = new Map<string, Job>();
  /** Jobs that a worker has or may have, drawn or not. */
  readonly #sent = new Map<number, Job>();
  #waiting: Job[] = [];
  /** Arrays taken back, all of one size. */
  #spare: Float32Array[] = [];
  #id = 0;
  #draws = 0;
  #ahead = 0;
  #failure: string | null = null;

  constructor({ start, workers = 2, limitBytes = 2 ** 26, shared }: NoisePoolOptions) {
    this.#limitBytes = limitBytes;
    this.#memory = createPoolMemory(limitBytes, shared ?? "SharedArrayBuffer" in globalThis);
    if (createWasmNormals() === null) this.#failure = "there is no WebAssembly with SIMD";
    for (let i = 0; i < workers && this.#failure === null; i++) this.#startWorker(start);
  }

  get failure(): string | null {
    return this.#failure;
  }

  get ahead(): number {
    return this.#ahead;
  }

  prefetch(requests: readonly PoolRequest[]): void {
    if (this.#failure !== null) return;
    for (const { key } of this.#waiting) this.#jobs.delete(key);
    this.#waiting = [];
    for (const request of requests) {
      const key = keyOf(request);
      if (this.#jobs.has(key) || bytesOf(request) > this.#limitBytes) continue;
      if (this.#waiting.length >= mostWaiting) break;
      this.#id = (this.#id % lastId) + 1;
      const job: Job = {
        key,
        request,
        id: this.#id,
        buffer: null,
        worker: null,
        sentAt: Infinity,
        waiter: null,
      };
      this.#jobs.set(key, job);
      this.#waiting.push(job);
    }
    this.#send();
  }

  draw(request: PoolRequest): Float32Array | Promise<Float32Array> {
    this.#draws++;
    const job = this.#jobs.get(keyOf(request));
    if (job === undefined) return this.#fillHere(request);
    this.#jobs.delete(job.key);
    const drawn = this.#drawJob(job);
    this.#send();
    return drawn;
  }

  recycle(values: Float32Array): void {
    if (this.#spare[0]?.length !== values.length) this.#spare = [];
    if ((this.#spare.length + 1) * values.byteLength <= this.#limitBytes) this.#spare.push(values);
  }

  clear(): void {
    this.#spare = [];
    const dropped = [...this.#jobs.values()];
    this.#jobs.clear();
    this.#waiting = [];
    for (const job of dropped) this.#drop(job);
  }

  async close(): Promise<void> {
    this.#fail("the pool is closed");
    await Promise.all(this.#workers.splice(0).map((worker) => worker.close()));
  }

  #drawJob(job: Job): Float32Array | Promise<Float32Array> {
    const { request } = job;
    if (job.worker === null) {
      this.#waiting = this.#waiting.filter((other) => other !== job);
      return this.#fillHere(request);
    }
    const header = job.buffer === null ? null : new Int32Array(job.buffer, 0, 2);
    if (header !== null && Atomics.load(header, 1) === job.id) return this.#collect(job);
    // The worker has not begun: this thread is free now, and is first.
    if (header !== null && this.#takeBack(job, header)) return this.#fillHere(request);
    job.worker.hold();
    return new Promise((resolve) => void (job.waiter = resolve));
  }

  #startWorker(start: StartPoolWorker): void {
    try {
      const worker = start(poolWorkerScript, {
        message: (message) => this.#receive(message),
        failure: (reason) => this.#fail(reason),
      });
      this.#workers.push(worker);
      worker.post({ wasm: normalsWasmBytes() }, []);
    } catch (error) {
      this.#fail(String(error));
    }
  }

  #send(): void {
    for (let job = this.#waiting[0]; job !== undefined; job = this.#waiting[0]) {
      const worker = this.#workers[job.id % this.#workers.length];
      if (worker === undefined) return;
      const buffer = this.#memory.take(bytesOf(job.request), job.id);
      if (buffer !== null) this.#post(job, worker, buffer);
      else if (!this.#dropStale()) return;
    }
  }

  #post(job: Job, worker: PoolWorker, buffer: JobBuffer): void {
    this.#waiting.shift();
    this.#sent.set(job.id, job);
    job.worker = worker;
    job.buffer = this.#memory.shared ? buffer : null;
    job.sentAt = this.#draws;
    const { sampleSize } = job.request;
    const starts = Uint32Array.from(
      job.request.starts.flatMap(({ key, counter }) => [...key, ...counter]),
    );
    const transfer = buffer instanceof ArrayBuffer ? [buffer] : [];
    worker.post({ id: job.id, buffer, sampleSize, starts }, transfer);
  }

  /** Drops the oldest job if draws have long passed it by, as when a loop stopped early. */
  #dropStale(): boolean {
    for (const job of this.#jobs.values()) {
      if (this.#draws - job.sentAt <= 2 * this.#sent.size + 64) return false;
      this.#jobs.delete(job.key);
      if (this.#drop(job)) return true;
    }
    return false;
  }

  /** Frees the memory of a job that nobody will draw; false while it is with a worker, which frees it. */
  #drop(job: Job): boolean {
    if (job.buffer === null) return false;
    const header = new Int32Array(job.buffer, 0, 2);
    if (Atomics.load(header, 1) !== job.id) return this.#takeBack(job, header);
    this.#free(job, job.buffer);
    return true;
  }

  #receive({ id, buffer }: FromPoolWorker): void {
    const job = this.#sent.get(id);
    if (job === undefined) return;
    job.buffer ??= buffer;
    if (job.waiter !== null) {
      job.worker?.release();
      job.waiter(this.#collect(job));
    } else if (this.#jobs.get(job.key) !== job) this.#free(job, job.buffer); // dropped
    this.#send();
  }

  #collect(job: Job): Float32Array {
    if (job.buffer === null) throw new Error("internal: a noise job has no buffer");
    const values = new Float32Array(job.buffer, headerBytes);
    this.#ahead++;
    const shared = this.#memory.shared;
    const mine = shared ? this.#room(values.length) : values;
    if (shared) mine.set(values);
    this.#free(job, shared ? job.buffer : null);
    return mine;
  }

  #room(size: number): Float32Array {
    const spare = this.#spare[0]?.length === size ? this.#spare.pop() : undefined;
    return spare ?? new Float32Array(size);
  }

  #fillHere(request: PoolRequest): Float32Array {
    return fillHere(request, this.#room(request.sampleSize * request.starts.length));
  }

  #takeBack(job: Job, header: Int32Array): boolean {
    if (Atomics.compareExchange(header, 0, job.id, -job.id) !== job.id) return false;
    this.#free(job, job.buffer);
    return true;
  }

  #free(job: Job, buffer: JobBuffer | null): void {
    this.#sent.delete(job.id);
    this.#memory.give(bytesOf(job.request), buffer);
  }

  #fail(reason: string): void {
    this.#failure ??= reason;
    const waiting = [...this.#sent.values()];
    this.#jobs.clear();
    this.#sent.clear();
    this.#waiting = [];
    for (const { worker, waiter, request } of waiting) {
      if (waiter === null) continue;
      worker?.release();
      waiter(this.#fillHere(request));
    }
  }
}

function fillHere({ sampleSize, starts }: PoolRequest, out: Float32Array): Float32Array {
  for (const [row, start] of starts.entries())
    fillFrom(out.subarray(row * sampleSize, (row + 1) * sampleSize), start);
  return out;
}

function bytesOf({ sampleSize, starts }: PoolRequest): number {
  return headerBytes + 4 * sampleSize * starts.length;
}

function keyOf({ sampleSize, starts }: PoolRequest): string {
  return `${sampleSize}:${starts.map(({ key, counter }) => `${key.join()},${counter.join()}`).join(";")}`;
}
