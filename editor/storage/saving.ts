import type { Document } from "../../runtime/graph/document.ts";
import { IssueError } from "../../runtime/base/issue.ts";
import { writeDocument } from "../../runtime/graph/write.ts";
import { knownId, remember } from "./recent-files.ts";
import type { StorageActions, StorageContents } from "./storage.ts";
import { fileNameOf } from "./file-name-of.ts";
import { type Origin } from "./storage-state.ts";

type Saver = Pick<StorageActions, "save" | "saveAs" | "answerChanged" | "exportPicture">;

/** Writes files; what is written is exactly what `denoodle run` takes. */
export function createSaver(
  contents: StorageContents,
  claim: (origin: Origin) => Promise<boolean>,
): Saver {
  const { state, studio, files, newId } = contents;

  const saveTo = async (handle: FileSystemFileHandle): Promise<void> => {
    const written = textToSave(contents);
    if (written === null) return;
    if (!(await files.mayWrite(handle))) return refuse(contents, "mayNot", handle);
    const lastModified = await written.guard(() => files.write(handle, written.text));
    if (lastModified === null) return;
    const { origin } = state.getState();
    finish(contents, written, { ...origin, fileName: handle.name, handle, lastModified });
  };
  const saveAs = async (): Promise<void> => {
    const written = textToSave(contents);
    if (written === null) return;
    const { origin } = state.getState();
    const name = origin.handle?.name ?? fileNameOf(written.document.name);
    const target = await files.pickTarget(name);
    if (target === null) return;
    if (target === "download") {
      files.download(name, new Blob([written.text], { type: "application/json" }));
      finish(contents, written, { ...origin, fileName: name });
      return;
    }
    const same = (await origin.handle?.isSameEntry(target)) === true;
    const documentId = (await knownId(contents, target)) ?? newId();
    if (!same && !(await claim({ ...origin, documentId })))
      return refuse(contents, "notOver", target);
    await saveTo(target);
  };
  const save = async (): Promise<void> => {
    const { handle, lastModified, fileName } = state.getState().origin;
    if (handle === null || studio.editor.getState().file.readOnly === true) return saveAs();
    // Before it is looked at: a browser that was started again has forgotten that it may.
    if (!(await files.mayWrite(handle))) return refuse(contents, "mayNot", handle);
    if ((await changedAt(handle)) === lastModified) return saveTo(handle);
    askWhatToDo(contents, fileName);
  };
  return {
    save,
    saveAs,
    answerChanged: async (answer) => {
      const { handle } = state.getState().origin;
      state.setState({ question: null });
      studio.view.setState({ dialog: null });
      if (answer === "saveAs") await saveAs();
      else if (answer === "overwrite" && handle !== null) await saveTo(handle);
    },
    exportPicture: async (picture) => {
      const written = textToSave(contents);
      if (written === null) return;
      const { pngWithGraph } = await import("./png-graph.ts");
      const png = pngWithGraph(new Uint8Array(await picture.arrayBuffer()), written.document);
      if (png === null) throw new TypeError("exportPicture: the picture is not a PNG file");
      const name = fileNameOf(written.document.name).replace(/\.json$/, ".png");
      files.download(name, new Blob([png], { type: "image/png" }));
    },
  };
}

function refuse(
  { studio }: StorageContents,
  why: "mayNot" | "notOver",
  { name }: FileSystemFileHandle,
): void {
  studio.announce({ key: `storage.${why}`, values: { name } });
}

function askWhatToDo({ state, studio }: StorageContents, fileName: string): void {
  state.setState({ question: { kind: "changed", fileName } });
  studio.view.setState({ dialog: "file" });
}

/** When the file was last written to; null where it is gone. */
async function changedAt(handle: FileSystemFileHandle): Promise<number | null> {
  try {
    return (await handle.getFile()).lastModified;
  } catch (fault) {
    if (fault instanceof DOMException) return null;
    throw fault;
  }
}

interface Written {
  readonly document: Document;
  readonly text: string;
  /** Tells the person where a file cannot be written; null is returned then. */
  guard(write: () => Promise<number>): Promise<number | null>;
}

/** The file's text; null, and said, where the document holds what no file can. */
export function textToSave({ studio }: Pick<StorageContents, "studio">): Written | null {
  const { present: document } = studio.editor.getState().history;
  try {
    return {
      document,
      text: writeDocument(document),
      guard: async (write) => {
        try {
          return await write();
        } catch (fault) {
          if (!(fault instanceof DOMException)) throw fault;
          studio.announce({ key: "storage.notWritten", values: { reason: fault.message } });
          return null;
        }
      },
    };
  } catch (fault) {
    if (!(fault instanceof IssueError)) throw fault;
    studio.announce({
      key: "storage.notWritten",
      values: { reason: fault.issues.map(({ message }) => message).join(" ") },
    });
    return null;
  }
}

function finish(contents: StorageContents, { document, text }: Written, origin: Origin): void {
  const { state, studio, now, tell } = contents;
  state.setState({ origin, savedAt: now() });
  studio.editor.actions.saved(document, origin.fileName);
  studio.announce({ key: "storage.saved", values: { name: origin.fileName } });
  tell({ saved: origin.documentId, text });
  void remember(contents, { ...origin, document }, text);
}
