/** What the pool tells a worker: first the WASM module, then one job after another. */
export type ToPoolWorker =
  | { readonly wasm: Uint8Array }
  | {
      readonly id: number;
      /** Header of `headerBytes`, then the floats; shared, or transferred there and back. */
      readonly buffer: ArrayBuffer | SharedArrayBuffer;
      readonly sampleSize: number;
      /** Two words of key and three of counter a sample. */
      readonly starts: Uint32Array;
    };

/** What a worker answers when a job is done; `buffer` comes back where it was transferred. */
export interface FromPoolWorker {
  readonly id: number;
  readonly buffer: ArrayBuffer | null;
}

/** Words 0 and 1 of the header are the ticket and the id done; the rest keeps the floats aligned. */
export const headerBytes = 64;

/** One worker thread, as the pool sees it. An unheld worker never keeps the process alive. */
export interface PoolWorker {
  post(message: ToPoolWorker, transfer: readonly ArrayBuffer[]): void;
  /** Keeps the process alive until as many releases. */
  hold(): void;
  release(): void;
  close(): Promise<void>;
}

export interface PoolWorkerEvents {
  readonly message: (message: FromPoolWorker) => void;
  readonly failure: (reason: string) => void;
}

/** Starts a worker that runs a script in which `port` is the way to the pool. */
export type StartPoolWorker = (script: string, events: PoolWorkerEvents) => PoolWorker;

/**
 * What a worker runs, as text: so it needs no file of its own beside a bundle, in Node or in a page.
 * A job in shared memory is taken by swapping its id in the ticket for -id; the pool may be first.
 */
export const poolWorkerScript = `
let fill, scratch;
port.onmessage = ({ data }) => {
  if (data.wasm !== undefined) {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(data.wasm));
    fill = exports.fill;
    scratch = new Float32Array(exports.memory.buffer);
    return;
  }
  const { id, buffer, sampleSize, starts } = data;
  const header = new Int32Array(buffer, 0, 2);
  if (Atomics.compareExchange(header, 0, id, -id) !== id) return;
  const out = new Float32Array(buffer, ${headerBytes});
  for (let sample = 0; sample * 5 < starts.length; sample++) {
    const [key0, key1, ...counter] = starts.subarray(sample * 5, sample * 5 + 5);
    for (let at = 0; at < sampleSize; at += scratch.length) {
      const count = Math.min(scratch.length, sampleSize - at);
      fill(0, Math.ceil(count / 16), key0, key1, at / 4, ...counter);
      out.set(scratch.subarray(0, count), sample * sampleSize + at);
    }
  }
  Atomics.store(header, 1, id);
  if (buffer instanceof ArrayBuffer) port.postMessage({ id, buffer }, [buffer]);
  else port.postMessage({ id, buffer: null });
};
`;
