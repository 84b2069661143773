/** A file that a person chose. */
export interface Picked {
  readonly file: File;
  readonly handle: FileSystemFileHandle | null;
}

/** How the page reaches files: by the File System Access API where the browser has it. */
export interface FileAccess {
  /** Null where nothing was chosen. */
  pick(): Promise<Picked | null>;
  /** Where to save under a name: a file, null where nothing was chosen, "download" where the browser cannot. */
  pickTarget(fileName: string): Promise<FileSystemFileHandle | "download" | null>;
  /** Whether the file may be written; asks the person where that is open. */
  mayWrite(handle: FileSystemFileHandle): Promise<boolean>;
  mayRead(handle: FileSystemFileHandle): Promise<boolean>;
  /** Replaces the file's content at once, or not at all. Returns its new time of change. */
  write(handle: FileSystemFileHandle, text: string): Promise<number>;
  download(fileName: string, content: Blob): void;
}

/** What lib.dom does not declare of the API yet. */
interface Pickers {
  showOpenFilePicker(options: object): Promise<readonly FileSystemFileHandle[]>;
  showSaveFilePicker(options: object): Promise<FileSystemFileHandle>;
}
interface Permissions {
  queryPermission(how: { mode: "read" | "readwrite" }): Promise<PermissionState>;
  requestPermission(how: { mode: "read" | "readwrite" }): Promise<PermissionState>;
}

const graphType = { accept: { "application/json": [".json"] } };
const types = [
  graphType,
  { accept: { "image/png": [".png"] } },
  { accept: { "application/zip": [".zip"] } },
];

export function pageFiles(page: Window): FileAccess {
  const pickers = "showOpenFilePicker" in page ? (page as unknown as Pickers) : null;
  return {
    pick: () => (pickers === null ? pickByInput(page.document) : pickByHandle(pickers)),
    pickTarget: async (suggestedName) =>
      pickers === null
        ? "download"
        : orNull(pickers.showSaveFilePicker({ suggestedName, types: [graphType] })),
    mayWrite: (handle) => isGranted(handle, "readwrite"),
    mayRead: (handle) => isGranted(handle, "read"),
    write: async (handle, text) => {
      const file = await handle.createWritable();
      try {
        await file.write(text);
      } catch (fault) {
        await file.abort();
        throw fault;
      }
      await file.close();
      return (await handle.getFile()).lastModified;
    },
    download: (fileName, content) => {
      const link = page.document.createElement("a");
      link.href = URL.createObjectURL(content);
      link.download = fileName;
      link.click();
      page.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    },
  };
}

async function pickByHandle(pickers: Pickers): Promise<Picked | null> {
  const [handle] = (await orNull(pickers.showOpenFilePicker({ types }))) ?? [];
  return handle === undefined ? null : { file: await handle.getFile(), handle };
}

function pickByInput(document: Document): Promise<Picked | null> {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = ".json,.png,.zip,application/json,image/png,application/zip";
  return new Promise((resolve) => {
    input.addEventListener("cancel", () => resolve(null));
    input.addEventListener("change", () => {
      const file = input.files?.[0];
      resolve(file === undefined ? null : { file, handle: null });
    });
    input.click();
  });
}

/** Null where the person closed the picker. */
async function orNull<T>(picking: Promise<T>): Promise<T | null> {
  try {
    return await picking;
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === "AbortError") return null;
    throw fault;
  }
}

async function isGranted(
  handle: FileSystemFileHandle,
  mode: "read" | "readwrite",
): Promise<boolean> {
  if (!("queryPermission" in handle)) return true;
  const permissions = handle as unknown as Permissions;
  if ((await permissions.queryPermission({ mode })) === "granted") return true;
  return (await permissions.requestPermission({ mode })) === "granted";
}
