import type { Document } from "../../runtime/graph/document.ts";
import { startHistory } from "../document/history.ts";
import { createHolder, type Holder } from "./document-lock.ts";
import { readBundleFile } from "./bundles.ts";
import { isZip } from "./is-zip.ts";
import { readGraphFile, readGraphText } from "./graph-file.ts";
import { knownId, openRecent, remember } from "./recent-files.ts";
import type { OpenRead, StorageActions, StorageContents } from "./storage.ts";
import { fileNameOf } from "./file-name-of.ts";
import { type FileQuestion, newOrigin, type Opening, type Origin } from "./storage-state.ts";
import type { Release } from "./tab-locks.ts";

type OpeningActions = Pick<
  StorageActions,
  | "pick"
  | "openFile"
  | "openText"
  | "openRecent"
  | "openNew"
  | "revert"
  | "duplicate"
  | "answerElsewhere"
  | "dismiss"
>;

/** Opens documents, and holds the lock of the file that is open. */
export interface Opener extends OpeningActions {
  /** Says where the document that comes next into the editor is from, and locks it; false where another tab has it. */
  claim(origin: Origin): Promise<boolean>;
  release(): void;
}

export function createOpener(contents: StorageContents): Opener {
  const { state, studio, newId } = contents;
  const holder = createHolder(contents.locks);

  const open = async (opening: Opening): Promise<void> => {
    if (!(await holder.hold(opening.documentId))) ask({ kind: "elsewhere", opening });
    else {
      state.setState({ origin: opening, savedAt: null, question: null });
      studio.editor.actions.open(opening.document, opening.fileName);
      studio.announce({ key: "storage.opened", values: { name: opening.document.name } });
      void remember(contents, opening);
    }
  };
  const ask = (question: FileQuestion): void => {
    state.setState({ question });
    studio.view.setState({ dialog: "file" });
  };
  const openRead: OpenRead = async (read, origin) => {
    if (read.document === null)
      ask({ kind: "refused", fileName: origin.fileName, why: read.why, issues: read.issues });
    else await open({ ...origin, document: read.document });
  };
  const openNew = (document: Document): Promise<void> =>
    open({ ...newOrigin(fileNameOf(document.name), newId()), document });
  return {
    claim: async (origin) => {
      const free = await holder.hold(origin.documentId);
      if (free) state.setState({ origin });
      return free;
    },
    release: holder.release,
    openNew,
    ...fromFiles(contents, openRead),
    revert: async () => {
      const { saved, name } = studio.editor.getState().file;
      studio.editor.actions.open(saved, name);
    },
    duplicate: async () => {
      const { history } = studio.editor.getState();
      await openNew({ ...history.present, name: copyName(history.present.name) });
    },
    answerElsewhere: async (answer) => {
      const { question } = state.getState();
      dismiss(contents);
      if (question?.kind !== "elsewhere" || answer === "cancel") return;
      const { document } = question.opening;
      if (answer === "copy") await openNew({ ...document, name: copyName(document.name) });
      else look(contents, holder, question.opening);
    },
    dismiss: () => dismiss(contents),
  };
}

function fromFiles(
  contents: StorageContents,
  openRead: OpenRead,
): Pick<OpeningActions, "pick" | "openFile" | "openText" | "openRecent"> {
  const { files, newId } = contents;
  const openFile = async (file: File, handle: FileSystemFileHandle | null): Promise<void> => {
    if (isZip(new Uint8Array(await file.slice(0, 4).arrayBuffer()))) {
      const { name, read } = await readBundleFile(contents, file);
      return openRead(read, newOrigin(name === "" ? file.name : name, newId()));
    }
    const read = await readGraphFile(file);
    if (read.document === null && (await contents.take(file))) return;
    const documentId = (handle && (await knownId(contents, handle))) ?? newId();
    const { lastModified, name: fileName } = file;
    await openRead(read, { documentId, fileName, handle, lastModified });
  };
  return {
    openFile,
    pick: async () => {
      const picked = await files.pick();
      if (picked !== null) await openFile(picked.file, picked.handle);
    },
    openText: (text, fileName) => openRead(readGraphText(text), newOrigin(fileName, newId())),
    openRecent: (recent) => openRecent(contents, recent, openRead, openFile),
  };
}

const copyName = (name: string): string => {
  const [, stem = name, count] = /^(.*?) \((\d+)\)$/.exec(name) ?? [];
  return `${stem} (${Number(count ?? 1) + 1})`;
};

function dismiss({ state, studio }: StorageContents): void {
  state.setState({ question: null });
  if (studio.view.getState().dialog === "file") studio.view.setState({ dialog: null });
}

/** Shows a file that another tab edits, and takes it over when that tab lets go. */
function look({ state, studio, locks }: StorageContents, holder: Holder, opening: Opening): void {
  const { document, documentId, fileName } = opening;
  holder.release();
  state.setState({ origin: opening, savedAt: null });
  const file = { name: fileName, saved: document, readOnly: true } as const;
  studio.editor.actions.restore(startHistory(document), file);
  const takeOver = (release: Release): void => {
    holder.take(documentId, release);
    const { history } = studio.editor.getState();
    const saved = history.present;
    studio.editor.actions.restore(startHistory(saved), { name: fileName, saved });
    studio.announce({ key: "storage.takenOver", values: { name: saved.name } });
  };
  void locks.waitForDocument(documentId, holder.waiting()).then((release) => {
    if (release !== null) takeOver(release);
  });
}
