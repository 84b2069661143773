import { sha256 } from "@noble/hashes/sha2.js";
import { philox4x32, type Words2, type Words4 } from "./philox.ts";

/** Which array of normals is meant. Integers are non-negative. */
export interface DrawAt {
  /** The root seed, up to 2^53 - 1. */
  readonly seed: number;
  /** The stream's name; equal names give equal noise. */
  readonly stream: string;
  /** The sample's id, up to 2^53 - 1: the same whether it runs alone or in a batch. */
  readonly sample: number;
  /** The iteration of every zone around the draw, outermost first, each below 2^32. */
  readonly indices: readonly number[];
}

/** Where an array of normals begins in Philox's sequence: block b has the counter (b, …counter). */
export interface PhiloxStart {
  readonly key: Words2;
  readonly counter: readonly [number, number, number];
}

/**
 * Key and counter of a draw.
 *
 * Stream: the first 8 bytes of SHA-256 of the name's UTF-8, as two little-endian words.
 * Key: the first two words of Philox with the stream as key and the counter
 * (seed low, seed high, sample low, sample high); then, for every zone index past the second, the
 * first two words of Philox with that key and the counter (index, its position, 0, 0).
 * Counter: (block of four elements, second index, first index, number of indices); an index that
 * is not there is 0.
 *
 * @throws RangeError for a number that is no integer in its range.
 */
export function philoxStart({ seed, stream, sample, indices }: DrawAt): PhiloxStart {
  const root = philox4x32([...split("seed", seed), ...split("sample", sample)], hashName(stream));
  let key: Words2 = [root[0], root[1]];
  for (const [position, index] of indices.entries()) {
    if (!Number.isInteger(index) || index < 0 || index >= 2 ** 32)
      throw new RangeError(`philoxStart: zone index ${index} is no integer from 0 to 2^32 - 1`);
    if (position >= 2) key = firstTwo(philox4x32([index, position, 0, 0], key));
  }
  return { key, counter: [indices[1] ?? 0, indices[0] ?? 0, indices.length] };
}

function firstTwo([a, b]: Words4): Words2 {
  return [a, b];
}

function split(what: string, value: number): Words2 {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError(`philoxStart: ${what} ${value} is no integer from 0 to 2^53 - 1`);
  return [value % 2 ** 32, Math.floor(value / 2 ** 32)];
}

const hashes = new Map<string, Words2>();

function hashName(name: string): Words2 {
  const known = hashes.get(name);
  if (known !== undefined) return known;
  const digest = sha256(new TextEncoder().encode(name));
  const view = new DataView(digest.buffer, digest.byteOffset);
  const hash: Words2 = [view.getUint32(0, true), view.getUint32(4, true)];
  if (hashes.size >= 1024) hashes.clear();
  hashes.set(name, hash);
  return hash;
}
