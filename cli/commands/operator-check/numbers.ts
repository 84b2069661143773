export const dot = (x: Float32Array, y: Float32Array): number =>
  x.reduce((sum, v, i) => sum + v * (y[i] ?? Number.NaN), 0);

export const norm = (x: Float32Array): number => Math.sqrt(dot(x, x));

/** ‖x − y‖ / ‖x‖; 0 where both are 0. */
export function difference(x: Float32Array, y: Float32Array): number {
  const off = norm(x.map((v, i) => v - (y[i] ?? Number.NaN)));
  return off === 0 ? 0 : off / norm(x);
}

const repeats = 5;

/** The median time of a few calls after a first one, in milliseconds. */
export async function timed(call: () => Promise<unknown>): Promise<number> {
  await call();
  const times: number[] = [];
  for (let i = 0; i < repeats; i += 1) {
    const start = performance.now();
    await call();
    times.push(performance.now() - start);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(repeats / 2)] ?? 0;
}
