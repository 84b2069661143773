/** A complex image of `size` × `size` values, `size` a power of two; row by row. */
export interface ComplexImage {
  readonly size: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export function complexImage(size: number): ComplexImage {
  return { size, re: new Float64Array(size * size), im: new Float64Array(size * size) };
}

/**
 * The 2-D discrete Fourier transform in place, unscaled; `sign` -1 forward, 1 backward.
 *
 * @see Cooley and Tukey 1965, radix 2.
 */
export function fft2(image: ComplexImage, sign: 1 | -1): void {
  const { size } = image;
  const turns = turnsOf(size, sign);
  const line = { re: new Float64Array(size), im: new Float64Array(size) };
  for (const [stride, step] of [
    [size, 1],
    [1, size],
  ] as const)
    for (let start = 0; start < size; start += 1) {
      const at = (i: number) => start * stride + i * step;
      for (let i = 0; i < size; i += 1) {
        line.re[i] = image.re[at(i)] ?? 0;
        line.im[i] = image.im[at(i)] ?? 0;
      }
      fft(line.re, line.im, turns);
      for (let i = 0; i < size; i += 1) {
        image.re[at(i)] = line.re[i] ?? 0;
        image.im[at(i)] = line.im[i] ?? 0;
      }
    }
}

/** The 1-D transform in place, unscaled, of as many values as the turns were made for. */
export function fft(re: Float64Array, im: Float64Array, { cosine, sine }: Turns): void {
  const n = re.length;
  reverseBits(re, im);
  for (let half = 1; half < n; half *= 2)
    for (let k = 0; k < half; k += 1) {
      const at = (k * n) / (2 * half);
      butterflies(re, im, { half, k, cosine: cosine[at] ?? 1, sine: sine[at] ?? 0 });
    }
}

/** exp(± 2πi k / n) for the first half of a turn. */
export interface Turns {
  readonly cosine: Float64Array;
  readonly sine: Float64Array;
}

export function turnsOf(n: number, sign: 1 | -1): Turns {
  const half = { length: Math.max(1, n / 2) };
  return {
    cosine: Float64Array.from(half, (_, k) => Math.cos((2 * Math.PI * k) / n)),
    sine: Float64Array.from(half, (_, k) => sign * Math.sin((2 * Math.PI * k) / n)),
  };
}

function reverseBits(re: Float64Array, im: Float64Array): void {
  for (let i = 1, j = 0; i < re.length; i += 1) {
    let bit = re.length >> 1;
    for (; (j & bit) !== 0; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    [re[i], re[j]] = [re[j] ?? 0, re[i] ?? 0];
    [im[i], im[j]] = [im[j] ?? 0, im[i] ?? 0];
  }
}

interface Twiddle {
  readonly half: number;
  readonly k: number;
  readonly cosine: number;
  readonly sine: number;
}

function butterflies(re: Float64Array, im: Float64Array, { half, k, cosine, sine }: Twiddle): void {
  for (let i = k; i < re.length; i += 2 * half) {
    const j = i + half;
    const [a, b] = [re[j] ?? 0, im[j] ?? 0];
    const [x, y] = [a * cosine - b * sine, a * sine + b * cosine];
    const [u, v] = [re[i] ?? 0, im[i] ?? 0];
    re[i] = u + x;
    im[i] = v + y;
    re[j] = u - x;
    im[j] = v - y;
  }
}
