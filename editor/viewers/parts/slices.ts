/** The longest that drawing holds the page at a stretch, in milliseconds. */
const longestSlice = 6;

/**
 * Runs `work(from, to)` over all rows, a slice at a time, then `done`; the page goes on between slices. Returns how to
 * give up.
 */
export function inSlices(
  rows: number,
  work: (from: number, to: number) => void,
  done: () => void,
): () => void {
  let [row, step, isStopped] = [0, Math.min(rows, 64), false];
  const run = (): void => {
    if (isStopped) return;
    const start = performance.now();
    while (row < rows && performance.now() - start < longestSlice / 2) {
      const to = Math.min(rows, row + step);
      const before = performance.now();
      work(row, to);
      const took = performance.now() - before;
      if (took < longestSlice / 4) step *= 2;
      else if (took > longestSlice / 2) step = Math.max(1, step >> 1);
      row = to;
    }
    if (row < rows) setTimeout(run);
    else done();
  };
  run();
  return () => {
    isStopped = true;
  };
}
