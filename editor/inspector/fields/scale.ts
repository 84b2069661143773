import type { NumberField } from "./field.ts";

/** How a number moves under a pointer or a key, and where it stands in its range. */
export interface Scale {
  readonly field: NumberField;
  readonly logarithmic: boolean;
  /** Ends of the slider; null where there is no range to show. */
  readonly range: readonly [number, number] | null;
}

/** A range of more decades than this is walked by factors. */
const decades = 2;
const largestRange = 2 ** 31;
/** Where one end is open, the slider shows this much on both sides of the default. */
const around = 1000;

export function scaleOf(field: NumberField, fallback: unknown): Scale {
  const usual = usualOf(fallback);
  const ends = endsOf(field);
  if (ends === null) return { field, logarithmic: false, range: null };
  const { low, high } = ends;
  const isPositive = low >= 0;
  const to = high ?? (usual === null ? null : usual * around);
  if (to === null) return { field, logarithmic: isPositive && !field.integer, range: null };
  const from = low > 0 ? low : smallest(field, usual, high);
  const spans = low > 0 || field.integer ? to / from > 10 ** decades : isSmallIn(usual, high);
  const logarithmic = isPositive && spans;
  return { field, logarithmic, range: [logarithmic ? from : low, to] };
}

const usualOf = (fallback: unknown): number | null =>
  typeof fallback === "number" && fallback > 0 ? fallback : null;

/** Null where there is no range to slide in: nothing below, or so much that a number is a name, as of a seed. */
function endsOf({
  min,
  max,
}: NumberField): { readonly low: number; readonly high: number | null } | null {
  const high = max === null ? null : max.value;
  if (min === null || (high !== null && high >= largestRange)) return null;
  return { low: min.value, high };
}

/** From zero up, only a default far below the other end asks for factors. */
const isSmallIn = (usual: number | null, high: number | null): boolean =>
  high === null || (usual !== null && usual * 20 < high);

function smallest({ integer }: NumberField, usual: number | null, high: number | null): number {
  if (integer) return 1;
  return (usual ?? (high ?? 1) / around) / around;
}

/** Where a value stands on the slider, from 0 to 1. */
export function positionOf({ logarithmic, range }: Scale, value: number): number {
  if (range === null) return 0;
  const [from, to] = range;
  const at = logarithmic
    ? Math.log(Math.max(value, from) / from) / Math.log(to / from)
    : (value - from) / (to - from);
  return Math.min(1, Math.max(0, at));
}

const pixelsPerDecade = 80;
const pixelsPerRange = 200;
const fineness = 10;

/** The value after a pointer has moved by so many pixels from where `value` was; more digits are kept where `fine`. */
export function dragged(scale: Scale, value: number, pixels: number, fine: boolean): number {
  const { logarithmic, range, field } = scale;
  if (logarithmic) {
    const start = value > 0 ? value : (range?.[0] ?? 0.001);
    const next = start * 10 ** (pixels / pixelsPerDecade);
    return fitted(field, Number(next.toPrecision(fine ? 4 : 3)));
  }
  const perPixel =
    range === null ? linearStep(field, value) / 4 : (range[1] - range[0]) / pixelsPerRange;
  return fitted(field, tidy(value + pixels * perPixel, fine ? perPixel / fineness : perPixel));
}

/** The value after so many presses of an arrow key; a tenth of that where `fine`. */
export function stepped(scale: Scale, value: number, steps: number, fine: boolean): number {
  const { logarithmic, range, field } = scale;
  const step = field.integer
    ? 1
    : range !== null && !logarithmic
      ? powerOfTen((range[1] - range[0]) / 100)
      : linearStep(field, value);
  const by = fine && !field.integer ? step / fineness : step;
  return fitted(field, tidy(value + steps * by, by));
}

/** One unit in the second digit of a number. */
const linearStep = ({ integer }: NumberField, value: number): number =>
  integer ? 1 : powerOfTen(Math.abs(value) || 1) / 10;

const powerOfTen = (value: number): number => 10 ** Math.floor(Math.log10(value) + 1e-9);

/** Rounds to what a step can mean, so that 0.1 + 0.2 reads 0.3. */
function tidy(value: number, step: number): number {
  const digits = Math.max(0, Math.ceil(-Math.log10(step)) + 1);
  return Number(value.toFixed(Math.min(20, digits)));
}

const largestInteger = Number.MAX_SAFE_INTEGER;

/** The nearest value that a field takes. */
export function fitted({ integer, min, max }: NumberField, value: number): number {
  const rounded = integer
    ? Math.max(-largestInteger, Math.min(largestInteger, Math.round(value)))
    : value;
  const low = min === null ? -Infinity : min.inclusive ? min.value : above(min.value, integer);
  const high = max === null ? Infinity : max.inclusive ? max.value : -above(-max.value, integer);
  return Math.min(high, Math.max(low, rounded));
}

/** A number that is just above a bound, written with few digits. */
const above = (bound: number, integer: boolean): number =>
  integer
    ? Math.floor(bound) + 1
    : Number((bound + Math.max(1e-6, Math.abs(bound) * 1e-6)).toPrecision(7));
