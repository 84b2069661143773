/**
 * What lies outside of a line of pixels: its mirror image about the last pixel ("reflect" in NumPy and
 * PyTorch) or about that pixel's outer edge ("reflect" in SciPy), zeros, the last pixel, or the other end.
 */
export const boundaries = ["mirror", "symmetric", "zero", "edge", "circular"] as const;
export type Boundary = (typeof boundaries)[number];

/** Where index `i` of a line of `size` pixels is read from; null: outside of it is 0. */
export const readAt: Readonly<Record<Boundary, (i: number, size: number) => number | null>> = {
  mirror(i, size) {
    if (size === 1) return 0;
    const j = modulo(i, 2 * (size - 1));
    return j < size ? j : 2 * (size - 1) - j;
  },
  symmetric(i, size) {
    const j = modulo(i, 2 * size);
    return j < size ? j : 2 * size - 1 - j;
  },
  zero: (i, size) => (i < 0 || i >= size ? null : i),
  edge: (i, size) => Math.min(Math.max(i, 0), size - 1),
  circular: (i, size) => modulo(i, size),
};

const modulo = (i: number, n: number) => ((i % n) + n) % n;
