import { takeTyped } from "../commands/bind-keys.ts";
import type { DraftKeeper } from "./draft-keeper.ts";
import { openShared } from "./open-shared.ts";
import type { Storage } from "./storage.ts";

interface Parts {
  readonly page: Window;
  readonly storage: Storage;
  readonly keeper: DraftKeeper;
}

/** Listens to what the page is told of files: dropped, pasted, and that it is about to go. Returns how to stop. */
export function followPage({ page, storage, keeper }: Parts): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const { document } = page;
  const flush = (): void => keeper.flush();
  const leave = (): void => {
    takeTyped();
    flush();
  };
  page.addEventListener("pagehide", leave, { signal });
  document.addEventListener("visibilitychange", flush, { signal });
  // A link that is pasted into the address of the open page.
  page.addEventListener("hashchange", () => void openShared(storage, page), { signal });
  page.addEventListener(
    "beforeunload",
    (event) => {
      leave();
      const { dirty, journal } = storage.state.getState();
      if (dirty && journal !== "kept") event.preventDefault();
    },
    { signal },
  );
  page.addEventListener(
    "dragover",
    (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = "copy";
    },
    { signal },
  );
  page.addEventListener(
    "drop",
    (event) => {
      if (event.defaultPrevented || !holdsFiles(event)) return;
      event.preventDefault();
      void openDropped(storage, event.dataTransfer);
    },
    { signal },
  );
  page.addEventListener("paste", (event) => openPasted(storage, event), { signal, capture: true });
  return () => listening.abort();
}

export const holdsFiles = ({ dataTransfer }: DragEvent): boolean =>
  dataTransfer?.types.includes("Files") === true;

/** What Chromium offers on a dragged item. */
interface HandleItem {
  getAsFileSystemHandle(): Promise<FileSystemHandle | null>;
}

async function openDropped({ actions }: Storage, data: DataTransfer | null): Promise<void> {
  const item = [...(data?.items ?? [])].find(({ kind }) => kind === "file");
  // both are asked for at once: the data is gone after the first wait
  const file = item?.getAsFile() ?? null;
  const asked =
    item !== undefined && "getAsFileSystemHandle" in item
      ? (item as unknown as HandleItem).getAsFileSystemHandle().catch(() => null)
      : null;
  const handle = await asked;
  const isGraph = handle?.kind === "file" && handle.name.endsWith(".json");
  if (file !== null)
    await actions.openFile(file, isGraph ? (handle as FileSystemFileHandle) : null);
}

/** A file, or a whole graph, among what is pasted; parts of a graph are the canvas's. */
function openPasted({ actions }: Storage, event: ClipboardEvent): void {
  const { target } = event;
  if (target instanceof Element && target.closest("input, textarea, [contenteditable]") !== null)
    return;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const [file] = event.clipboardData?.files ?? [];
  const isFile = file !== undefined && text === "";
  if (!isFile && !isWholeGraph(text)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (isFile) void actions.openFile(file, null);
  else void actions.openText(text, "pasted.json");
}

/** Whether a text starts as graph files do, whatever faults it has further on, and not as parts of a graph do. */
export const isWholeGraph = (text: string): boolean =>
  /^\s*\{/.test(text) &&
  !/^\s*\{\s*"denoodle-clip"/.test(text) &&
  /"denoodle"\s*:\s*\d/.test(text.slice(0, 2000)) &&
  /"graph"\s*:/.test(text) &&
  /"outputs"\s*:/.test(text);
