import type { DeviceTensor } from "./backend.ts";

/** A device tensor that several places may hold; freed when the last lets go. */
export interface Held {
  readonly tensor: DeviceTensor;
  holders: number;
}

/** A tensor nobody holds yet. */
export const hold = (tensor: DeviceTensor): Held => ({ tensor, holders: 0 });

export function retain(held: Held): Held {
  held.holders += 1;
  return held;
}

export function release(held: Held): void {
  held.holders -= 1;
  if (held.holders === 0) held.tensor.dispose();
}
