import type { Recent } from "./database.ts";
import { readGraphText } from "./graph-file.ts";
import type { OpenRead, StorageActions, StorageContents } from "./storage.ts";
import type { Opening } from "./storage-state.ts";

/** The id under which a file is known, by whatever handle. */
export async function knownId(
  { database, state }: StorageContents,
  handle: FileSystemFileHandle,
): Promise<string | null> {
  // Other tabs may have come to know it since this one looked.
  const recent = (await database?.recent()) ?? state.getState().recent;
  for (const { handle: other, documentId } of recent)
    if (other !== null && (await other.isSameEntry(handle))) return documentId;
  return null;
}

async function openHandle(
  { state, studio, database }: StorageContents,
  { documentId, fileName }: Recent,
  handle: FileSystemFileHandle,
  openFile: StorageActions["openFile"],
): Promise<void> {
  try {
    await openFile(await handle.getFile(), handle);
  } catch (fault) {
    if (!(fault instanceof DOMException)) throw fault;
    studio.announce({ key: "storage.gone", values: { name: fileName } });
    await database?.forget(documentId);
    state.setState({ recent: (await database?.recent()) ?? [] });
  }
}

/** Longer texts are not kept for the list of recent files. */
const longestKept = 2 ** 20;

/** Lists a file among the recent ones; a document of no file and no text is none. */
export async function remember(
  { database, state, now }: StorageContents,
  { documentId, fileName, handle, document }: Opening,
  text: string | null = null,
): Promise<void> {
  const kept = handle === null && text !== null && text.length <= longestKept ? text : null;
  if (database === null || (handle === null && kept === null)) return;
  const recent = { documentId, fileName, handle, text: kept, title: document.name, at: now() };
  try {
    await database.remember(recent);
    state.setState({ recent: await database.recent() });
  } catch (fault) {
    // the list is a comfort: what keeps the work is the journal, and that says so itself
    if (!(fault instanceof DOMException)) throw fault;
  }
}

/** Opens a file of the list again, from its place or, where the browser gives none, from what was kept of it. */
export async function openRecent(
  contents: StorageContents,
  recent: Recent,
  openRead: OpenRead,
  openFile: StorageActions["openFile"],
): Promise<void> {
  if (recent.handle === null)
    await openRead(readGraphText(recent.text ?? ""), { ...recent, lastModified: null });
  else if (await contents.files.mayRead(recent.handle))
    await openHandle(contents, recent, recent.handle, openFile);
}
