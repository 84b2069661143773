import { writeNpy } from "../../runtime/tensor/npy.ts";
import { float32 } from "../../runtime/tensor/tensor.ts";
import type { Size } from "./fit-photo.ts";
import type { Mask } from "./mask.ts";

/** The mask as `operator/mask` reads it: [1, H, W], 1 where the photo is known. */
export function maskNpy(missing: Mask, { width, height }: Size): Uint8Array<ArrayBuffer> {
  const known = Float32Array.from(missing, (value) => 1 - value);
  return new Uint8Array(writeNpy(float32(known, [1, height, width])));
}
