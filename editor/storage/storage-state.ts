import { createStore, type StoreApi } from "zustand/vanilla";
import type { Issue } from "../../runtime/base/issue.ts";
import type { Document } from "../../runtime/graph/document.ts";
import type { Message } from "../document/history.ts";
import type { Recent } from "./database.ts";
import type { DraftHead } from "./journal-record.ts";

/** Where a document comes from and is saved to. */
export interface Origin {
  /** The same for the same file in every tab; new for what is no file yet. */
  readonly documentId: string;
  readonly fileName: string;
  /** Where the browser gives access to the file itself. */
  readonly handle: FileSystemFileHandle | null;
  /** Of the file as it was last read or written here; null where there is no handle. */
  readonly lastModified: number | null;
}

export interface Opening extends Origin {
  readonly document: Document;
}

/** What the page has to be told or asked about a file. */
export type FileQuestion =
  | {
      readonly kind: "refused";
      readonly fileName: string;
      readonly why: Message;
      readonly issues: readonly Issue[];
    }
  /** Another tab edits it. */
  | { readonly kind: "elsewhere"; readonly opening: Opening }
  /** Another program wrote to it since it was opened. */
  | { readonly kind: "changed"; readonly fileName: string };

export interface StorageState {
  readonly origin: Origin;
  readonly dirty: boolean;
  /** In milliseconds since 1970; null before the first save in this tab. */
  readonly savedAt: number | null;
  /** Whether edits are being written down in the browser, and why not. */
  readonly journal: "starting" | "kept" | Message;
  readonly question: FileQuestion | null;
  /** Newest first. */
  readonly recent: readonly Recent[];
  /** Drafts with unsaved edits that no living tab writes, newest first. */
  readonly recoverable: readonly DraftHead[];
}

export type StorageStore = StoreApi<StorageState>;

export const createStorageStore = (origin: Origin): StorageStore =>
  createStore<StorageState>(() => ({
    origin,
    dirty: false,
    savedAt: null,
    journal: "starting",
    question: null,
    recent: [],
    recoverable: [],
  }));

/** A file of no place yet. */
export const newOrigin = (fileName: string, documentId: string): Origin => ({
  documentId,
  fileName,
  handle: null,
  lastModified: null,
});
