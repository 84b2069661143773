import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { OwnFile } from "../own-files/own-file.ts";
import type { OwnFileRecords } from "../own-files/own-file-records.ts";
import type { DraftHead, JournalRecord, JournalStore } from "./journal-record.ts";
import { draftHead } from "./journal-record.ts";

/** A file that was open, to be opened again. */
export interface Recent {
  readonly documentId: string;
  readonly fileName: string;
  readonly title: string;
  readonly at: number;
  /** Where the browser gives access to the file itself. */
  readonly handle: FileSystemFileHandle | null;
  /** What it held, where it does not. */
  readonly text: string | null;
}

interface Schema extends DBSchema {
  heads: { key: string; value: DraftHead };
  records: { key: [string, number]; value: JournalRecord };
  recent: { key: string; value: Recent; indexes: { at: number } };
  ownFiles: { key: string; value: OwnFile };
  /** By SHA-256. */
  ownBytes: { key: string; value: Blob };
}

/** Everything that the page keeps in the browser. */
export interface Database {
  readonly journals: JournalStore;
  readonly ownFiles: OwnFileRecords;
  /** Newest first. */
  recent(): Promise<readonly Recent[]>;
  /** Adds a file or renews it, and forgets the oldest ones. */
  remember(recent: Recent): Promise<void>;
  forget(documentId: string): Promise<void>;
}

const mostRecent = 12;

/** @throws DOMException where the browser keeps nothing (a private window, a full disk). */
export async function openDatabase(name = "denoodle"): Promise<Database> {
  const db = await openDB<Schema>(name, 2, {
    upgrade: (opened, version) => {
      if (version < 1) {
        opened.createObjectStore("heads", { keyPath: "id" });
        opened.createObjectStore("records", { keyPath: ["draft", "seq"] });
        opened.createObjectStore("recent", { keyPath: "documentId" }).createIndex("at", "at");
      }
      if (version < 2) {
        opened.createObjectStore("ownFiles", { keyPath: "name" });
        opened.createObjectStore("ownBytes");
      }
    },
    // another tab has a newer page: it must not wait for this one
    blocking: (_current, _wanted, event) => {
      if (event.target instanceof IDBDatabase) event.target.close();
    },
  });
  return {
    journals: journalsIn(db),
    ownFiles: ownFilesIn(db),
    recent: async () => (await db.getAllFromIndex("recent", "at")).toReversed(),
    remember: async (recent) => {
      const { store, done } = db.transaction("recent", "readwrite");
      await store.put(recent);
      const keys = await store.index("at").getAllKeys();
      await Promise.all(keys.slice(0, -mostRecent).map((key) => store.delete(key)));
      await done;
    },
    forget: (documentId) => db.delete("recent", documentId),
  };
}

const recordsOf = (draft: string, below = Infinity) =>
  IDBKeyRange.bound([draft, 0], [draft, below], false, true);

function journalsIn(db: IDBPDatabase<Schema>): JournalStore {
  return {
    write: async (head, records, dropBelow) => {
      const writing = db.transaction(["heads", "records"], "readwrite", { durability: "relaxed" });
      const stores = [writing.objectStore("heads"), writing.objectStore("records")] as const;
      const requests = [
        stores[0].put(head),
        ...records.map((record) => stores[1].put(record)),
        ...(dropBelow > 0 ? [stores[1].delete(recordsOf(head.id, dropBelow))] : []),
      ];
      // committed by the browser even if this page is gone in a moment
      writing.commit();
      await Promise.all([...requests, writing.done]);
    },
    heads: async () => {
      const heads: readonly unknown[] = await db.getAll("heads");
      return heads.flatMap((head) => draftHead.safeParse(head).data ?? []);
    },
    records: (draft) => db.getAll("records", recordsOf(draft)),
    remove: async (draft) => {
      const removing = db.transaction(["heads", "records"], "readwrite");
      await Promise.all([
        removing.objectStore("heads").delete(draft),
        removing.objectStore("records").delete(recordsOf(draft)),
        removing.done,
      ]);
    },
  };
}

const ownStores = ["ownFiles", "ownBytes"] as const;

function ownFilesIn(db: IDBPDatabase<Schema>): OwnFileRecords {
  return {
    all: () => db.getAll("ownFiles"),
    add: async (bytes, choose) => {
      const adding = db.transaction(ownStores, "readwrite");
      const [files, contents] = [adding.objectStore("ownFiles"), adding.objectStore("ownBytes")];
      const file = choose(await files.getAll());
      const isKept = (await contents.getKey(file.sha256)) !== undefined;
      const bytesToo = isKept ? [] : [contents.put(bytes, file.sha256)];
      await Promise.all([files.put(file), ...bytesToo, adding.done]);
      return file;
    },
    bytes: async (sha256) => (await db.get("ownBytes", sha256)) ?? null,
    remove: async (name) => {
      const removing = db.transaction(ownStores, "readwrite");
      const files = removing.objectStore("ownFiles");
      const gone = await files.get(name);
      await files.delete(name);
      const isLast = (await files.getAll()).every(({ sha256 }) => sha256 !== gone?.sha256);
      if (gone !== undefined && isLast) await removing.objectStore("ownBytes").delete(gone.sha256);
      await removing.done;
    },
  };
}
