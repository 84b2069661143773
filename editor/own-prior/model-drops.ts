import { isModel } from "./given-files.ts";

/** Calls back with what is dropped on the page where a model is among it; returns how to stop. */
export function followModelDrops(take: (files: readonly File[]) => void): () => void {
  const dropped = (event: DragEvent): void => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (!files.some(isModel)) return;
    // before all others that listen for files
    event.preventDefault();
    take(files);
  };
  addEventListener("drop", dropped, { capture: true });
  return () => removeEventListener("drop", dropped, { capture: true });
}
