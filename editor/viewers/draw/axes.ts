/** The ends of an axis. */
export type Interval = readonly [low: number, high: number];

/** The part of the plane that a drawing shows. */
export interface Extent {
  readonly x: Interval;
  readonly y: Interval;
}

/** Round numbers inside an interval, about `count` of them, each a multiple of 1, 2 or 5 times a power of ten. */
export function ticksOf([low, high]: Interval, count: number): readonly number[] {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return [];
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => 1.25 * factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

/** The same length a unit along both axes: the shorter one is made longer, around its middle. */
export function withEqualUnits({ x, y }: Extent, width: number, height: number): Extent {
  const unit = Math.max((x[1] - x[0]) / width, (y[1] - y[0]) / height);
  const around = ([low, high]: Interval, size: number): Interval => {
    const middle = (low + high) / 2;
    return [middle - (unit * size) / 2, middle + (unit * size) / 2];
  };
  return { x: around(x, width), y: around(y, height) };
}

/** The interval with room at both ends; never empty. */
export function padded([low, high]: Interval, part = 0.05): Interval {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [-1, 1];
  const room = high > low ? (high - low) * part : 0.5;
  return [low - room, high + room];
}

/**
 * One interval for every frame of a track, so that what moves is the points and not the axes; null where no frame has
 * a finite value.
 */
export function intervalOfRun(
  frames: readonly { readonly summary: { readonly min: number; readonly max: number } }[],
): Interval | null {
  let [low, high] = [Infinity, -Infinity];
  for (const { summary } of frames) {
    if (Number.isFinite(summary.min)) low = Math.min(low, summary.min);
    if (Number.isFinite(summary.max)) high = Math.max(high, summary.max);
  }
  return low <= high ? [low, high] : null;
}
