import type { EditorStore } from "../state/editor-store.ts";
import type { PageLibrary } from "./library.ts";
import { createWorkerLink } from "./link.ts";
import { pageServer } from "./page-server.ts";
import type { RunStore } from "./run-store.ts";
import { createRunner, type Place } from "./runner.ts";
import { createServerLink } from "./server-link.ts";
import { startStudioWorker } from "./start-worker.ts";

/** Runs in a worker of this page, or on the server that the page came from where there is one. */
export function createRunStore({
  editor,
  library,
}: {
  readonly editor: EditorStore;
  readonly library: PageLibrary;
}): RunStore {
  const server = pageServer();
  const browser: Place = {
    where: "browser",
    open: () => createWorkerLink(startStudioWorker(library.base)),
  };
  const places: readonly Place[] =
    server === null
      ? [browser]
      : [browser, { where: "server", open: () => createServerLink(server) }];
  return createRunner({
    editor,
    places,
    clock: () => performance.now(),
    later: (work, ms) => void setTimeout(work, ms),
  });
}
