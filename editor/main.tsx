import "./app/no-eval.ts";
import { createRoot } from "react-dom/client";
import { registry } from "../nodes/index.ts";
import { App } from "./app/app.tsx";
import { createStudio } from "./app/create-studio.ts";
import { isolate } from "./app/isolate.ts";
import { placeUnplaced } from "./app/place-unplaced.ts";
import { startI18n } from "./i18n/index.ts";
import { createRunStore } from "./run/create-run-store.ts";
import { openLibrary } from "./run/library.ts";
import { pageServer } from "./run/page-server.ts";
import { startStorage } from "./storage/start-storage.ts";

/** What the page opens with where nothing else was open: it runs in a moment, without a model. */
const opening = "mixture-2d";

async function start(root: HTMLElement): Promise<void> {
  const page = new URL(globalThis.location.href);
  const [library] = await Promise.all([
    openLibrary(new URL("library/", page)),
    startI18n(page.searchParams.get("lng")),
  ]);
  const document = await library.document("examples", opening);
  const studio = createStudio({
    registry,
    document,
    name: document.name,
    createRun: (editor) => createRunStore({ editor, library }),
  });
  placeUnplaced(studio);
  const storage = await startStorage(studio);
  const server = pageServer();
  const isGiven = server !== null && server.opened !== null;
  if (isGiven) await storage.actions.openText(await server.readOpened(), server.opened);
  createRoot(root).render(<App studio={studio} storage={storage} library={library} />);
  // Somebody's own graph may be long, or wait for its inputs.
  if (studio.editor.getState().history.present === document) studio.run.actions.start();
}

const root = globalThis.document.getElementById("root");
if (root !== null && !(await isolate())) void start(root);
