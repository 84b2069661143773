import type { RunStore } from "../../run/run-store.ts";

/** The last thumbnails of wires, for nodes that come back into view. */
export interface ThumbnailCache {
  get(wire: string): HTMLCanvasElement | undefined;
  keep(wire: string, drawn: HTMLCanvasElement): void;
  /** Forgets all: they are of another graph. */
  clear(): void;
}

const mostKept = 64;
const caches = new WeakMap<RunStore, ThumbnailCache>();

/** The thumbnails of a run's wires; those that were drawn longest ago are forgotten. */
export function thumbnailsOf(run: RunStore): ThumbnailCache {
  const before = caches.get(run);
  if (before !== undefined) return before;
  const kept = new Map<string, HTMLCanvasElement>();
  const cache: ThumbnailCache = {
    get: (wire) => kept.get(wire),
    clear: () => kept.clear(),
    keep(wire, drawn) {
      const first = kept.keys().next();
      const isFull = !kept.has(wire) && kept.size >= mostKept && first.done !== true;
      const copy =
        kept.get(wire) ??
        (isFull ? kept.get(first.value) : undefined) ??
        document.createElement("canvas");
      if (isFull) kept.delete(first.value);
      kept.delete(wire);
      kept.set(wire, copy);
      if (copy.width !== drawn.width) copy.width = drawn.width;
      if (copy.height !== drawn.height) copy.height = drawn.height;
      const context = copy.getContext("2d");
      context?.clearRect(0, 0, copy.width, copy.height);
      context?.drawImage(drawn, 0, 0);
    },
  };
  caches.set(run, cache);
  return cache;
}
