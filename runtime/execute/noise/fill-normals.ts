import { philoxStart, type DrawAt } from "../../base/random-key.ts";
import { referenceNormals } from "../../base/random-normals.ts";
import { createWasmNormals, type FillFrom } from "./wasm-normals.ts";

let fastest: FillFrom | undefined;

/** Fills `out` with the normals from a start, by WASM where there is SIMD; the bits are the same. */
export const fillFrom: FillFrom = (out, start) => {
  fastest ??= createWasmNormals() ?? referenceNormals;
  fastest(out, start);
};

/**
 * Fills `out` with the standard normal numbers of one sample's draw. The bits depend on `at` and on
 * nothing else: not on the platform, the batch or the length of `out` (a shorter one is a prefix).
 *
 * @throws RangeError for a seed, sample or index out of range.
 */
export function fillNormals(out: Float32Array, at: DrawAt): void {
  fillFrom(out, philoxStart(at));
}
