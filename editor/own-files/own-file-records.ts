import type { OwnFile } from "./own-file.ts";

/** Where own files are kept; each call happens wholly or not at all, also beside other tabs. */
export interface OwnFileRecords {
  /** Without their bytes. */
  all(): Promise<readonly OwnFile[]>;
  /** Keeps the bytes as the file that `choose` makes of those that are there; bytes that are kept are kept once. */
  add(bytes: Blob, choose: (files: readonly OwnFile[]) => OwnFile): Promise<OwnFile>;
  /** Null where nothing has that hash. */
  bytes(sha256: string): Promise<Blob | null>;
  /** The bytes go with the last file that has them. */
  remove(name: string): Promise<void>;
}

/** Own files of a page that may keep nothing (a private window): they are there until it is closed. */
export function ownFileRecordsInMemory(): OwnFileRecords {
  const files = new Map<string, OwnFile>();
  const contents = new Map<string, Blob>();
  return {
    all: async () => [...files.values()],
    async add(bytes, choose) {
      const file = choose([...files.values()]);
      files.set(file.name, file);
      if (!contents.has(file.sha256)) contents.set(file.sha256, bytes);
      return file;
    },
    bytes: async (sha256) => contents.get(sha256) ?? null,
    async remove(name) {
      const gone = files.get(name);
      files.delete(name);
      const isLast = [...files.values()].every(({ sha256 }) => sha256 !== gone?.sha256);
      if (gone !== undefined && isLast) contents.delete(gone.sha256);
    },
  };
}
