import { isModel } from "./given-files.ts";

type Dropped = readonly [model: File, ...beside: File[]];

/** Calls back with a model that is dropped on the page and what comes with it; returns how to stop. */
export function followModelDrops(take: (dropped: Dropped) => Promise<void>): () => void {
  const dropped = (event: DragEvent): void => {
    const files = [...(event.dataTransfer?.files ?? [])];
    const model = files.find(isModel);
    if (model === undefined) return;
    // before all others that listen for files
    event.preventDefault();
    void take([model, ...files.filter((file) => file !== model)]);
  };
  addEventListener("drop", dropped, { capture: true });
  return () => removeEventListener("drop", dropped, { capture: true });
}
