import { createRoot } from "react-dom/client";
import { registry } from "../nodes/index.ts";
import type { Document } from "../runtime/graph/document.ts";
import { App } from "./app/app.tsx";
import { createStudio } from "./app/create-studio.ts";
import { keepPageFiles } from "./app/keep-page-files.ts";
import { isolate } from "./app/isolate.ts";
import { placeUnplaced } from "./app/place-unplaced.ts";
import { preferences } from "./commands/page-preferences.ts";
import { startI18n } from "./i18n/index.ts";
import { followLacks } from "./own-files/lacks.ts";
import { namedFiles, reservedBy } from "./own-files/named-files.ts";
import { openOwnFiles } from "./own-files/open-own-files.ts";
import { LibraryContext } from "./blocks/use-shelf.ts";
import { takeDropped } from "./app/take-dropped.ts";
import { OwnFilesContext } from "./own-files/use-own-files.ts";
import { ShippedModels } from "./own-prior/use-models.ts";
import { createRunStore } from "./run/create-run-store.ts";
import { followInterruptions } from "./run/interrupted.ts";
import { keepChoice } from "./run/kept-choice.ts";
import { openLibrary } from "./run/library.ts";
import { pageServer } from "./run/page-server.ts";
import { beginStudioWorker } from "./run/start-worker.ts";
import { startStorage } from "./storage/start-storage.ts";

/** What the page opens with where nothing else was open: it runs in a moment, without a model. */
const opening = "mixture-2d";

async function start(root: HTMLElement): Promise<void> {
  const page = new URL(globalThis.location.href);
  const shelves = new URL("library/", page);
  if (pageServer() === null) beginStudioWorker(shelves);
  const [library] = await Promise.all([
    openLibrary(shelves),
    startI18n(page.searchParams.get("lng")),
  ]);
  const document = await library.document("examples", opening);
  const isReserved = reservedBy(library.manifest);
  const files = openOwnFiles(isReserved);
  const filesOf = (asked: Document) => {
    const named = namedFiles(asked, registry, isReserved);
    return named.length === 0 ? null : files.contentsOf(named);
  };
  const studio = createStudio({
    registry,
    document,
    name: document.name,
    width: globalThis.innerWidth,
    createRun: (editor, isSound) => createRunStore({ editor, library, filesOf, isSound }),
  });
  studio.view.setState({ theme: preferences.theme.getState().value });
  keepChoice(studio.run, sessionStorage);
  placeUnplaced(studio);
  followLacks(studio, files);
  const take = takeDropped(studio, files);
  const storage = await startStorage(studio, { ownFiles: files, take });
  const server = pageServer();
  const isGiven = server !== null && server.opened !== null;
  if (isGiven) await storage.actions.openText(await server.readOpened(), server.opened);
  followInterruptions({
    ...studio,
    memory: sessionStorage,
    beforeGone: (tell) => addEventListener("pagehide", tell),
  });
  createRoot(root).render(
    <OwnFilesContext value={files}>
      <ShippedModels value={library.manifest.models}>
        <LibraryContext value={library}>
          <App studio={studio} storage={storage} library={library} />
        </LibraryContext>
      </ShippedModels>
    </OwnFilesContext>,
  );
  if (server !== null) void keepPageFiles(page);
  // Somebody's own graph may be long, or wait for its inputs.
  if (studio.editor.getState().history.present === document) studio.run.actions.start();
}

const root = globalThis.document.getElementById("root");
if (root !== null && !(await isolate())) void start(root);
