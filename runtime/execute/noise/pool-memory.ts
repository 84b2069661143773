/** The memory of a job: a header and its floats. */
export type JobBuffer = ArrayBuffer | SharedArrayBuffer;

/** Buffers of a pool. Shared ones are used again, since a page frees them late. */
export interface PoolMemory {
  /** True where buffers are shared, so that a job's state is seen without waiting for a message. */
  readonly shared: boolean;
  /** A buffer of so many bytes whose ticket is `id`; null while that would pass the limit. */
  take(bytes: number, id: number): JobBuffer | null;
  /** Gives back a buffer that nobody uses; null when it went to the caller. */
  give(bytes: number, buffer: JobBuffer | null): void;
}

/** Memory of at most `limitBytes`, spare buffers included. */
export function createPoolMemory(limitBytes: number, shared: boolean): PoolMemory {
  let [used, spareBytes] = [0, 0];
  let spare: SharedArrayBuffer[] = [];
  const shrink = (room: number): void => {
    while (spareBytes > room) spareBytes -= spare.shift()?.byteLength ?? spareBytes;
  };
  const fresh = (bytes: number): JobBuffer => {
    const index = spare.findIndex(({ byteLength }) => byteLength === bytes);
    const found = spare[index];
    if (found !== undefined) {
      spare = spare.toSpliced(index, 1);
      spareBytes -= bytes;
      return found;
    }
    shrink(Math.max(0, limitBytes - used - bytes));
    return shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  };
  return {
    shared,
    take(bytes, id) {
      if (used + bytes > limitBytes) return null;
      const buffer = fresh(bytes);
      used += bytes;
      const header = new Int32Array(buffer, 0, 2);
      Atomics.store(header, 1, 0);
      Atomics.store(header, 0, id);
      return buffer;
    },
    give(bytes, buffer) {
      used -= bytes;
      if (buffer === null || buffer instanceof ArrayBuffer) return;
      spare.push(buffer);
      spareBytes += bytes;
    },
  };
}
