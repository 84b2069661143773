import type { PortType } from "../../../runtime/graph/ports.ts";

export type RangeName = "[-1,1]" | "[0,1]" | "auto";
export type Range = readonly [low: number, high: number];

/** The ends that a range's name stands for; `auto` takes those of the values. */
export function rangeOf(
  name: RangeName,
  { min, max }: { readonly min: number; readonly max: number },
): Range {
  if (name === "[-1,1]") return [-1, 1];
  if (name === "[0,1]") return [0, 1];
  if (!(max - min > 0)) return Number.isFinite(min) ? [min - 0.5, min + 0.5] : [-1, 1];
  return [min, max];
}

/** As far on either side of zero, so that zero is the middle of a diverging map. */
export function signedRange({ min, max }: { readonly min: number; readonly max: number }): Range {
  const size = Math.max(Math.abs(min), Math.abs(max));
  return size > 0 && Number.isFinite(size) ? [-size, size] : [-1, 1];
}

/** What a wire's type says of its range; pictures are in [-1, 1] where it says nothing. */
export function defaultRange(type: PortType | null): RangeName {
  if (type?.kind !== "tensor") return "auto";
  if (type.range !== "unknown") return type.range;
  return type.space === "signal" || type.space === "measurement" ? "[-1,1]" : "auto";
}
