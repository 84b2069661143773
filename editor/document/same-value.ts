/** Equal as JSON, whatever the order of keys. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [x, y] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return (
    x.size === y.size &&
    [...x].every(([name, value]) => y.has(name) && sameValue(value, y.get(name)))
  );
}
