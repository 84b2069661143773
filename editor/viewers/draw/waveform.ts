/** The least and the largest value of each of `columns` equal parts of a line: low, high, low, high, … */
export function envelopeOf(
  values: Float32Array,
  start: number,
  length: number,
  columns: number,
): Float32Array {
  const envelope = new Float32Array(2 * columns);
  for (let column = 0; column < columns; column++) {
    const from = Math.floor((column * length) / columns);
    const to = Math.max(from + 1, Math.floor(((column + 1) * length) / columns));
    let [low, high] = [Infinity, -Infinity];
    for (let i = from; i < to; i++) {
      const value = values[start + i] ?? NaN;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    envelope[2 * column] = low;
    envelope[2 * column + 1] = high;
  }
  return envelope;
}
