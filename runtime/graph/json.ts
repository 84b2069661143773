/** What a JSON text can say. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isJsonArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Bounds on what is read. */
export const jsonLimits = {
  /** UTF-16 units of text. */
  length: 20 * 2 ** 20,
  /** Objects and lists inside one another. */
  depth: 64,
  /** Values of any kind. */
  values: 5_000_000,
} as const;

/** A key that would replace the prototype of an object rather than be an entry. */
export const refusedKey = "__proto__";
