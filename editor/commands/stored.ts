import type { z } from "zod";
import { createStore, type StoreApi } from "zustand/vanilla";

/** What of the browser's storage is needed. */
export interface Storage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** A value that outlives the page; `first` where nothing readable is stored, and while storage is refused. */
export function createStored<T>(
  storage: Storage | null,
  name: string,
  { schema, first }: { readonly schema: z.ZodType<T>; readonly first: T },
): StoreApi<{ readonly value: T }> {
  const store = createStore(() => ({ value: load(storage, name, schema) ?? first }));
  store.subscribe(({ value }) => save(storage, name, value));
  return store;
}

function load<T>(storage: Storage | null, name: string, schema: z.ZodType<T>): T | null {
  const text = storage?.getItem(name) ?? null;
  if (text === null) return null;
  const parsed = schema.safeParse(parse(text));
  return parsed.success ? parsed.data : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** A full or forbidden storage keeps the value for this page only. */
function save(storage: Storage | null, name: string, value: unknown): void {
  try {
    storage?.setItem(name, JSON.stringify(value));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    console.warn(error.message);
  }
}
