import type { Studio } from "../app/studio.ts";
import { startHistory } from "../document/history.ts";
import { openOwnFiles } from "../own-files/open-own-files.ts";
import type { OwnFiles } from "../own-files/own-files.ts";
import { bundler } from "./bundles.ts";
import { type Database, openDatabase } from "./database.ts";
import { keepDrafts, whyNotKept } from "./draft-keeper.ts";
import { pageFiles } from "./file-access.ts";
import { readGraphText } from "./graph-file.ts";
import { createOpener } from "./opening.ts";
import { followPage } from "./page-events.ts";
import { createRecovery } from "./recovery.ts";
import { createSaver } from "./saving.ts";
import type { Storage, StorageContents, TabMessage, TakeFile } from "./storage.ts";
import { fileNameOf } from "./file-name-of.ts";
import { comeBack, keepScope } from "./kept-scope.ts";
import { openShared } from "./open-shared.ts";
import { createStorageStore, newOrigin } from "./storage-state.ts";
import { createTabLocks, withoutLocks } from "./tab-locks.ts";

/** Where a tab keeps the name of its draft: it survives a reload, and nothing else. */
const draftKey = "denoodle/draft";
const channelName = "denoodle";

export interface StorageOptions {
  readonly page?: Window;
  readonly ownFiles?: OwnFiles;
  readonly take?: TakeFile;
}

const nobody: TakeFile = () => Promise.resolve(false);

/**
 * Starts to keep the work of a studio, once a page: brings back what this tab had open before a reload, or opens what the
 * address holds; else the studio's document stays, and unsaved drafts of dead tabs are offered.
 */
export async function startStorage(
  studio: Studio,
  { page = window, ownFiles = openOwnFiles(() => false), take = nobody }: StorageOptions = {},
): Promise<Storage> {
  const { name } = studio.editor.getState().history.present;
  const state = createStorageStore(newOrigin(fileNameOf(name), crypto.randomUUID()));
  const database = await databaseOrNot(state);
  const channel = new BroadcastChannel(channelName);
  const contents: StorageContents = {
    studio,
    state,
    database,
    locks: tabLocksOf(page),
    files: pageFiles(page),
    ownFiles,
    take,
    now: Date.now,
    newId: () => crypto.randomUUID(),
    tell: (message) => channel.postMessage(message),
  };
  const opener = createOpener(contents);
  const before = page.sessionStorage.getItem(draftKey);
  const keeper = keepDrafts({
    ...contents,
    editor: studio.editor,
    journals: database?.journals ?? null,
    whenIdle: whenIdle(page),
    onDraft: (id) => page.sessionStorage.setItem(draftKey, id),
    onPutAside: (head) => {
      studio.announce({ key: "storage.putAside", values: { name: head.title } });
      state.setState({ recoverable: [head, ...state.getState().recoverable] });
    },
  });
  const recovery = createRecovery(contents, opener, keeper);
  channel.addEventListener("message", ({ data }) => followSave(contents, data as TabMessage));
  const { claim, release, ...opening } = opener;
  const storage: Storage = {
    state,
    actions: { ...opening, ...createSaver(contents, claim), ...bundler(contents), ...recovery },
    stop: async () => {
      for (const unfollow of followed) unfollow();
      keeper.stop();
      channel.close();
      release();
      await keeper.settled();
    },
  };
  const scopes = keepScope(studio.editor, page.sessionStorage);
  const followed = [followPage({ page, storage, keeper }), scopes];
  await claim(state.getState().origin);
  try {
    const isBack = await firstDocument({ studio, storage, resume: recovery.resume, before, page });
    await offerRecovery(contents, recovery.look, isBack);
  } catch (failure) {
    // what the browser kept cannot be read: that never keeps the editor from opening
    if (!(failure instanceof DOMException)) throw failure;
    state.setState({ journal: whyNotKept(failure) });
  }
  return storage;
}

const tabLocksOf = ({ navigator }: Window) =>
  "locks" in navigator ? createTabLocks(navigator.locks) : withoutLocks;

async function databaseOrNot(state: Storage["state"]): Promise<Database | null> {
  try {
    const database = await openDatabase();
    state.setState({ recent: await database.recent() });
    return database;
  } catch (failure) {
    state.setState({ journal: whyNotKept(failure) });
    return null;
  }
}

interface Start {
  readonly studio: Studio;
  readonly storage: Storage;
  readonly resume: (draft: string) => Promise<boolean>;
  /** The draft that this tab wrote before it was reloaded. */
  readonly before: string | null;
  readonly page: Window;
}

/** Whether the tab has its own draft again. */
async function firstDocument({ studio, storage, resume, before, page }: Start): Promise<boolean> {
  if (await openShared(storage, page)) return false;
  if (before === null || !(await resume(before))) return false;
  comeBack(studio.editor, page.sessionStorage);
  return true;
}

/** The lock of a tab that was just killed is let go a moment later: then its draft is found by the second look. */
async function offerRecovery(
  { studio }: StorageContents,
  look: () => Promise<readonly unknown[]>,
  isBack: boolean,
): Promise<void> {
  const offer = async (): Promise<boolean> => {
    const found = await look();
    const idle = studio.view.getState().dialog === null;
    if (found.length > 0 && !isBack && idle) studio.view.setState({ dialog: "recovery" });
    return found.length > 0;
  };
  if (!(await offer())) setTimeout(() => void offer(), secondLookMs);
}

const secondLookMs = 2000;

/** A tab that only looks at a file shows what another tab saved to it. */
function followSave({ state, studio }: StorageContents, { saved, text }: TabMessage): void {
  const { file } = studio.editor.getState();
  if (file.readOnly !== true || state.getState().origin.documentId !== saved) return;
  const { document } = readGraphText(text);
  if (document === null) return;
  studio.editor.actions.restore(startHistory(document), { ...file, saved: document });
}

/** Idle time, or a fifth of a second later. */
const whenIdle =
  (page: Window) =>
  (callback: () => void): (() => void) => {
    if ("requestIdleCallback" in page) {
      const id = page.requestIdleCallback(callback, { timeout: 200 });
      return () => page.cancelIdleCallback(id);
    }
    const id = setTimeout(callback, 50);
    return () => clearTimeout(id);
  };
