/** How a picture of another size is made to fit. */
export const fits = ["crop", "pad", "resize"] as const;
export type Fit = (typeof fits)[number];

/** What a size has to be along one axis. */
export interface AxisRule {
  /** null: free, but for the multiple. */
  readonly size: number | null;
  readonly multipleOf: number;
}

/** The size nearest to `size` that the rule takes and that the fit can make; null where there is none. */
export function fitSize(
  fit: Fit,
  size: number,
  { size: wanted, multipleOf }: AxisRule,
): number | null {
  if (wanted !== null) return canMake(fit, size, wanted) ? wanted : null;
  const found = round[fit](size / multipleOf) * multipleOf;
  return found > 0 ? found : null;
}

/** Whether the fit makes `to` pixels of `from`. */
export function canMake(fit: Fit, from: number, to: number): boolean {
  if (fit === "crop") return to <= from;
  return fit === "resize" || to >= from;
}

const round: Readonly<Record<Fit, (count: number) => number>> = {
  crop: Math.floor,
  pad: Math.ceil,
  resize: (count) => Math.max(1, Math.round(count)),
};
