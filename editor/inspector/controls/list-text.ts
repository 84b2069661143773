/** Numbers as they are written in a field: `10, 3, 1`. */
export const formatNumbers = (numbers: readonly number[]): string => numbers.join(", ");

/** Numbers from text, apart from one another by commas, spaces or lines; the text itself where a part is no number. */
export function parseNumbers(text: string): readonly number[] | string {
  const parts = text.replace(/^\s*\[|\]\s*$/g, "").split(/[\s,;]+/);
  const numbers = parts.filter((part) => part !== "").map(Number);
  return numbers.every(Number.isFinite) ? numbers : text;
}

/** A value from JSON; the text itself where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** JSON of nested lists with the inner ones on a line each. */
export function formatJson(value: unknown): string {
  if (!Array.isArray(value) || !value.some(Array.isArray)) return JSON.stringify(value) ?? "";
  return `[\n${value.map((item) => `  ${JSON.stringify(item)}`).join(",\n")}\n]`;
}

/** Points of a line through the numbers in a box of the given size; at most one a pixel. */
export function sparkline(numbers: readonly number[], width: number, height: number): string {
  const step = Math.max(1, Math.ceil(numbers.length / width));
  const shown = numbers.filter((_, i) => i % step === 0);
  const low = shown.reduce((a, b) => Math.min(a, b), Infinity);
  const high = shown.reduce((a, b) => Math.max(a, b), -Infinity);
  const scale = high > low ? height / (high - low) : 0;
  return shown
    .map((value, i) => {
      const x = shown.length < 2 ? 0 : (i / (shown.length - 1)) * width;
      return `${x.toFixed(1)},${(height - (value - low) * scale).toFixed(1)}`;
    })
    .join(" ");
}
