import { philox4x32 } from "./philox.ts";
import type { PhiloxStart } from "./random-key.ts";

const f = Math.fround;
const bitsAsFloat = new Float32Array(1);
const bitsAsInt = new Int32Array(bitsAsFloat.buffer);

/**
 * Fills `out` with standard normal float32 numbers: element i is word i mod 4 of block i div 4.
 *
 * This is the definition; the WASM form gives the same bits. Every operation is one float32
 * + - * / or square root, or an integer operation, so every platform agrees.
 *
 * Box–Muller on the word pairs (0, 1) and (2, 3). The largest magnitude is 6.77. Uniform number and
 * angle are float32; given these, the error against float64 Math.* is below 3e-7 of the radius.
 *
 * @see Box and Muller 1958, "A note on the generation of random normal deviates".
 */
export function referenceNormals(out: Float32Array, { key, counter }: PhiloxStart): void {
  const [c1, c2, c3] = counter;
  for (let i = 0; i < out.length; i += 4) {
    const words = philox4x32([i / 4, c1, c2, c3], key);
    boxMuller(out, i, words[0], words[1]);
    boxMuller(out, i + 2, words[2], words[3]); // writes past the end are dropped
  }
}

function boxMuller(out: Float32Array, at: number, first: number, second: number): void {
  const r = radius(first);
  const quadrant = (second + 0x20000000) >>> 30;
  // The angle within the quadrant, in quarter turns: (-1/2, 1/2), symmetric about 0.
  const t = f(f((second << 2) | 2) * f(2 ** -32));
  const z = f(t * t);
  const s = f(
    t *
      f(
        f(1.5707963705062866) +
          f(
            z *
              f(
                f(-0.6459634900093079) +
                  f(z * f(f(0.07968021929264069) + f(z * f(-0.004602149128913879)))),
              ),
          ),
      ),
  );
  const c = f(
    1 +
      f(
        z *
          f(
            f(-1.2337005138397217) +
              f(
                z *
                  f(
                    f(0.253669410943985) +
                      f(z * f(f(-0.02086152881383896) + f(z * f(0.0009067399078048766)))),
                  ),
              ),
          ),
      ),
  );
  const swap = (quadrant & 1) !== 0;
  const cosine = swap ? s : c;
  const sine = swap ? c : s;
  out[at] = f(r * (((quadrant + 1) & 2) === 0 ? cosine : -cosine));
  out[at + 1] = f(r * ((quadrant & 2) === 0 ? sine : -sine));
}

/**
 * sqrt(-2 ln u) for u = word / 2^32 + 2^-33.
 *
 * u = 2^e m with m in [sqrt(1/2), sqrt(2)); ln m = 2 artanh(s) with s = (m - 1) / (m + 1). The
 * polynomials here and above interpolate at Chebyshev nodes; their coefficients are float32.
 */
function radius(word: number): number {
  bitsAsFloat[0] = f(f(f(word) * f(2 ** -32)) + f(2 ** -33));
  const bits = bitsAsInt[0] ?? 0;
  const e = (bits - 0x3f3504f3) >> 23;
  bitsAsInt[0] = bits - (e << 23);
  const m = bitsAsFloat[0];
  const s = f(f(m - 1) / f(m + 1));
  const z = f(s * s);
  const p = f(
    -4 +
      f(
        z *
          f(
            f(-1.3333337306976318) +
              f(z * f(f(-0.7997756004333496) + f(z * f(-0.5915989875793457)))),
          ),
      ),
  );
  return f(Math.sqrt(f(f(s * p) + f(e * f(-1.3862943649291992)))));
}
