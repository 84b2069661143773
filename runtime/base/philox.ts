/** Four unsigned 32-bit words, as any integers with those low bits. */
export type Words4 = readonly [number, number, number, number];
/** Two unsigned 32-bit words. */
export type Words2 = readonly [number, number];

/**
 * Philox4x32-10: four random 32-bit words (unsigned) for a counter and a key.
 *
 * @see Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3", section 3.3.
 */
export function philox4x32(counter: Words4, key: Words2): Words4 {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(c0, 0xd251, 0x1f53);
    const high1 = multiplyHigh(c2, 0xcd9e, 0x8d57);
    const low0 = Math.imul(c0, 0xd2511f53);
    const low1 = Math.imul(c2, 0xcd9e8d57);
    [c0, c1, c2, c3] = [high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0];
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  return [c0 >>> 0, c1 >>> 0, c2 >>> 0, c3 >>> 0];
}

/** The high 32 bits of `word` times `high * 2^16 + low`; every partial sum stays below 2^53. */
function multiplyHigh(word: number, high: number, low: number): number {
  const wordHigh = word >>> 16;
  const wordLow = word & 0xffff;
  const middle = wordHigh * low + ((wordLow * low) >>> 16);
  const cross = wordLow * high + (middle & 0xffff);
  return wordHigh * high + (middle >>> 16) + (cross >>> 16);
}
