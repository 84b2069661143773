import type { ParamField } from "../fields/fields-of.ts";
import { namesOfScalars } from "../params/expression-names.ts";

type Named = Readonly<Record<string, unknown>>;

/** Params as they are now: what a wire gives as its reference, an expression as its number where that is known. */
export function valuesNow(params: readonly ParamField[], given: Named, wires: Named): Named {
  const written = params.map(({ name, fallback }) => [name, given[name] ?? fallback] as const);
  const numbers = params
    .filter(({ scalar, name }) => scalar && wires[name] === undefined)
    .map(({ name, fallback }) => [name, given[name] ?? fallback] as const);
  const computed = namesOfScalars(Object.fromEntries(numbers), [])
    .filter(({ value }) => value !== null)
    .map(({ name, value }) => [name, value] as const);
  return { ...Object.fromEntries(written), ...Object.fromEntries(computed), ...wires };
}
