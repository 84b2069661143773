import { registry } from "../../nodes/index.ts";
import type { EditorStore } from "../state/editor-store.ts";
import type { PageLibrary } from "./library.ts";
import { createWorkerLink } from "./link.ts";
import { pageServer } from "./page-server.ts";
import type { RunStore } from "./run-store.ts";
import type { Place } from "./place-links.ts";
import { createRunner } from "./runner.ts";
import { createServerLink } from "./server-link.ts";
import { startStudioWorker } from "./start-worker.ts";
import { type FilesOf, withOwnFiles } from "./with-own-files.ts";

/** Runs in a worker of this page, or on the server that the page came from where there is one. */
export function createRunStore({
  editor,
  library,
  filesOf,
  isSound,
}: {
  readonly editor: EditorStore;
  readonly library: PageLibrary;
  readonly filesOf: FilesOf;
  readonly isSound: () => boolean;
}): RunStore {
  const server = pageServer();
  const browser: Place = {
    where: "browser",
    open: () => withOwnFiles(createWorkerLink(startStudioWorker(library.base)), filesOf),
  };
  const places: readonly Place[] =
    server === null
      ? [browser]
      : [browser, { where: "server", open: () => withOwnFiles(createServerLink(server), filesOf) }];
  return createRunner({
    editor,
    registry,
    isSound,
    places,
    clock: () => performance.now(),
    later: (work, ms) => void setTimeout(work, ms),
  });
}
