import type { ModelCard } from "./own-file.ts";

/** The card in a JSON file; null where there is none that can be read. */
export function cardIn(bytes: Uint8Array | undefined): ModelCard | null {
  if (bytes === undefined) return null;
  try {
    const card: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const isObject = typeof card === "object" && card !== null && !Array.isArray(card);
    return isObject ? (card as ModelCard) : null;
  } catch {
    // what is no JSON is no card
    return null;
  }
}
