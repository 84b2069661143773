/** Of the absolute value of a normal number of standard deviation 1. */
const medianOfNormal = 0.6745;

/**
 * The standard deviation of a picture's noise on the scale of [-1, 1], from the median of its finest diagonal wavelet
 * coefficients, which noise fills and pictures mostly leave empty. Edges make it a little too large; noise that was
 * smoothed is not seen.
 *
 * @param rgba rows of pixels, 4 bytes each.
 * @see Donoho and Johnstone 1994, Ideal spatial adaptation by wavelet shrinkage, section 4.
 */
export function estimateNoise(rgba: Uint8ClampedArray, width: number): number {
  const height = rgba.length / 4 / width;
  const found: number[] = [];
  for (let row = 0; row + 1 < height; row += 2)
    for (let column = 0; column + 1 < width; column += 2)
      for (let channel = 0; channel < 3; channel += 1) {
        const at = (y: number, x: number): number => rgba[(y * width + x) * 4 + channel] ?? 0;
        const diagonal =
          at(row, column) - at(row, column + 1) - at(row + 1, column) + at(row + 1, column + 1);
        found.push(Math.abs(diagonal) / 2 / 127.5);
      }
  found.sort((a, b) => a - b);
  return (found[Math.floor(found.length / 2)] ?? 0) / medianOfNormal;
}
