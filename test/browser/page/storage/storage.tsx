import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createStudio } from "../../../../editor/app/create-studio.ts";
import { StudioContext } from "../../../../editor/app/use-studio.ts";
import { undo } from "../../../../editor/document/history.ts";
import { GalleryDialog } from "../../../../editor/gallery/gallery-dialog.tsx";
import { NewSamplerDialog } from "../../../../editor/gallery/new-sampler-dialog.tsx";
import { openOwnFiles } from "../../../../editor/own-files/open-own-files.ts";
import { OwnFilesContext } from "../../../../editor/own-files/use-own-files.ts";
import { startI18n } from "../../../../editor/i18n/index.ts";
import type { RunStore } from "../../../../editor/run/run-store.ts";
import { FileMenu } from "../../../../editor/storage/file-menu.tsx";
import { startStorage } from "../../../../editor/storage/start-storage.ts";
import { StorageDialogs } from "../../../../editor/storage/storage-dialogs.tsx";
import { StorageContext } from "../../../../editor/storage/use-storage.ts";
import { readDocument } from "../../../../runtime/graph/read.ts";
import { writeDocument } from "../../../../runtime/graph/write.ts";
import { registry } from "../../../../nodes/index.ts";
import ddnm from "../../../../graphs/samplers/ddnm.json" with { type: "json" };
import dps from "../../../../graphs/samplers/dps.json" with { type: "json" };
import boxInpainting from "../../../../graphs/tasks/box-inpainting-64.json" with { type: "json" };
import type { StoragePage } from "../../storage-page.ts";
import "../../../../editor/theme/theme.css";
import "../../../../editor/app/app.css";

const start = {
  denoodle: 1,
  name: "Start",
  inputs: {},
  graph: {},
  outputs: {},
  blocks: {},
} as const;

const studio = createStudio({
  registry,
  document: start,
  name: "Start",
  // files and runs know nothing of each other
  createRun: () => ({}) as RunStore,
});
const ownFiles = openOwnFiles(() => false);
const [storage] = await Promise.all([startStorage(studio, { ownFiles }), startI18n()]);

async function picture(): Promise<Blob | null> {
  const canvas = new OffscreenCanvas(8, 8);
  canvas.getContext("2d")?.fillRect(0, 0, 4, 4);
  return canvas.convertToBlob({ type: "image/png" });
}

/** A library of three graphs and one model, which nobody fetches. */
const graphs = { samplers: { ddnm, dps }, tasks: { "box-inpainting-64": boxInpainting } };
const file = { file: "none", bytes: 1_000_000, sha256: "0".repeat(64) };
const library = {
  manifest: {
    examples: [],
    blocks: [],
    assets: [],
    pictures: [],
    samplers: Object.entries(graphs.samplers).map(([name, { name: title, about, task }]) => ({
      ...file,
      name,
      title,
      task,
      summary: about.summary,
      paper: about.paper,
      nfe: 100,
      signal: null,
      model: null,
      vjpCalls: name === "dps" ? 100 : 0,
    })),
    tasks: [
      {
        ...file,
        name: "box-inpainting-64",
        title: boxInpainting.name,
        task: null,
        paper: "",
        summary: boxInpainting.about.summary,
        nfe: null,
        signal: null,
        model: null,
        vjpCalls: null,
      },
    ],
    models: [{ ...file, name: "photo64", title: "photo64", takes: null, card: null }],
  },
  urlOf: () => new URL(location.href),
  document: async (shelf: string, name: string) => {
    const { document } = readDocument(
      (graphs as Record<string, Record<string, unknown>>)[shelf]?.[name],
    );
    if (document === null) throw new Error(`no ${shelf}/${name}`);
    return document;
  },
};

const { editor, view } = studio;
const storagePage: StoragePage = {
  rename: (name, gesture) =>
    editor.actions.edit(
      { label: { key: "storage.edit.rename" }, ...(gesture === undefined ? {} : { gesture }) },
      (draft) => {
        draft.name = name;
      },
    ),
  undo: () => void editor.actions.undo(),
  name: () => editor.getState().history.present.name,
  pastNames: () => {
    const names: string[] = [];
    for (let { history } = editor.getState(); history.past.length > 0;) {
      history = undo(history);
      names.push(history.present.name);
    }
    return names;
  },
  state: () => {
    const { dirty, journal, question, recoverable } = storage.state.getState();
    return {
      dirty,
      readOnly: editor.getState().file.readOnly === true,
      journal: typeof journal === "string" ? journal : journal.key,
      question: question?.kind ?? null,
      recoverable: recoverable.map(({ title }) => title),
      dialog: view.getState().dialog,
    };
  },
  said: () => view.getState().said?.message.key ?? null,
  text: () => writeDocument(editor.getState().history.present),
  drop: (name, bytes) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
    for (const type of ["dragenter", "dragover", "drop"])
      document.body.dispatchEvent(
        new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }),
      );
  },
  paste: (text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    document.body.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
    );
  },
  theme: (name) => {
    document.documentElement.dataset["theme"] = name;
  },
  savePicture: async () => {
    const taken = await picture();
    if (taken !== null) await storage.actions.exportPicture(taken);
  },
  usePrivateFiles: async (name, text) => {
    const folder = await navigator.storage.getDirectory();
    const handle = await folder.getFileHandle(name, { create: true });
    if (text !== null) {
      const file = await handle.createWritable();
      await file.write(text);
      await file.close();
    }
    Object.assign(window, {
      showOpenFilePicker: async () => [handle],
      showSaveFilePicker: async () => handle,
    });
  },
  privateFile: async (name) => {
    const folder = await navigator.storage.getDirectory();
    return (await (await folder.getFileHandle(name)).getFile()).text();
  },
};

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <StudioContext value={studio}>
      <StorageContext value={storage}>
        <OwnFilesContext value={ownFiles}>
          <header className="app-bar">
            <FileMenu takePicture={picture} />
          </header>
          <StorageDialogs />
          <GalleryDialog library={library} />
          <NewSamplerDialog
            library={library}
            skeleton={({ name, task, model }) => ({ ...start, name, task, ui: { model } })}
          />
        </OwnFilesContext>
      </StorageContext>
    </StudioContext>
  </StrictMode>,
);
Object.assign(globalThis, { storagePage });
