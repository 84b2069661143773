import type { Document } from "../../runtime/graph/document.ts";
import type { Studio } from "../app/studio.ts";
import type { OwnFiles } from "../own-files/own-files.ts";
import type { Database, Recent } from "./database.ts";
import type { FileAccess } from "./file-access.ts";
import type { GraphRead } from "./graph-file.ts";
import type { Origin, StorageStore } from "./storage-state.ts";
import type { TabLocks } from "./tab-locks.ts";

/** What keeps work, opens files and saves them; one a page. */
export interface Storage {
  readonly state: StorageStore;
  readonly actions: StorageActions;
  /** Writes the journal up to now and stops listening. */
  stop(): Promise<void>;
}

export interface StorageActions {
  /** Asks for a file and opens it. */
  pick(): Promise<void>;
  openFile(file: File, handle: FileSystemFileHandle | null): Promise<void>;
  /** A graph's text from a link or the clipboard, as a document of no file yet. */
  openText(text: string, fileName: string): Promise<void>;
  openRecent(recent: Recent): Promise<void>;
  /** A document as a new one, such as a copy of a shipped graph; never dirties what it was made from. */
  openNew(document: Document): Promise<void>;
  save(): Promise<void>;
  saveAs(): Promise<void>;
  /** Back to the file as it was last saved or opened; the present is put aside. */
  revert(): Promise<void>;
  /** The present document as a file of its own. */
  duplicate(): Promise<void>;
  /** Answers the question of the file that another tab edits. */
  answerElsewhere(answer: "copy" | "read" | "cancel"): Promise<void>;
  /** Answers the question of the file that another program changed. */
  answerChanged(answer: "overwrite" | "saveAs" | "cancel"): Promise<void>;
  dismiss(): void;
  recover(draft: string): Promise<void>;
  discard(draft: string): Promise<void>;
  /** A picture with the graph in it, as a download. */
  exportPicture(picture: Blob): Promise<void>;
  /** The graph with the own files that it names, as one .zip. */
  saveBundle(): Promise<void>;
  download(fileName: string, content: Blob): void;
}

/** What the actions work with. */
export interface StorageContents {
  readonly studio: Studio;
  readonly state: StorageStore;
  readonly database: Database | null;
  readonly locks: TabLocks;
  readonly files: FileAccess;
  readonly ownFiles: OwnFiles;
  /** Takes a dropped or pasted file that is no graph; false where nobody wants it. */
  readonly take: TakeFile;
  readonly now: () => number;
  readonly newId: () => string;
  /** Tells other tabs. */
  readonly tell: (message: TabMessage) => void;
}

/** Does something with a file that a person gave to the page; false where there is nothing to do with it. */
export type TakeFile = (file: File) => Promise<boolean>;

/** What a tab tells the others: that a file says something new. */
export interface TabMessage {
  readonly saved: string;
  readonly text: string;
}

/** Opens what was read, or says why it cannot be. */
export type OpenRead = (read: GraphRead, origin: Origin) => Promise<void>;
