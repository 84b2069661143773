type Values = Readonly<Record<string, unknown>>;

/** Equal as JSON, whatever the order of keys; an entry that is undefined is none. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [x, y] = [a as Values, b as Values];
  const names = namesIn(x);
  return (
    names.length === namesIn(y).length &&
    names.every((name) => Object.hasOwn(y, name) && sameValue(x[name], y[name]))
  );
}

const namesIn = (value: Values): readonly string[] =>
  Object.keys(value).filter((name) => value[name] !== undefined);
