import type { Loop } from "../compile/region.ts";
import { evaluate } from "../trace/host.ts";
import { isSet, type LiveFrame } from "./live-frame.ts";

/** The sigma of the level that an iteration stands at; null for a loop that visits none. `frame` is the iteration's. */
export function sigmaOf({ elements }: Loop, frame: LiveFrame): number | null {
  for (const element of elements) {
    if (!isSet(element, frame)) continue;
    const value = evaluate(element, frame);
    if (typeof value !== "object" || value === null || !("sigma" in value)) continue;
    return Number(value.sigma);
  }
  return null;
}
