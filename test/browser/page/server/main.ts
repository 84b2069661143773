import { isolate } from "../../../../editor/app/isolate.ts";
import { createWorkerLink, type EngineLink } from "../../../../editor/run/link.ts";
import { pageServer } from "../../../../editor/run/page-server.ts";
import { createServerLink } from "../../../../editor/run/server-link.ts";
import { startStudioWorker } from "../../../../editor/run/start-worker.ts";
import type { StudioRequest } from "../../../../runtime/protocol/studio/requests.ts";
import type { ServerPage } from "../../server-page.ts";

/** The outputs of a run, or what went wrong. */
function outputsOf(link: EngineLink, request: StudioRequest): Promise<unknown> {
  return new Promise((resolve) => {
    const leave = link.listen(({ event }) => {
      if (event.type !== "done" && event.type !== "failed") return;
      leave();
      resolve(event.type === "done" ? event.outputs : event.issues);
    });
    link.send(request);
  });
}

const server = pageServer();
const loads = Number(sessionStorage.getItem("loads") ?? 0) + 1;
sessionStorage.setItem("loads", String(loads));
const page: ServerPage = {
  isolated: crossOriginIsolated,
  loads,
  opened: server?.opened ?? null,
  readOpened: async () => (await server?.readOpened()) ?? null,
  onServer: async (request) =>
    server === null ? null : outputsOf(createServerLink(server), request as StudioRequest),
  here: (request) => {
    const library = new URL("library/", location.href);
    const link = createWorkerLink(startStudioWorker(library));
    return outputsOf(link, request as StudioRequest);
  },
};
if (!(await isolate())) Object.assign(globalThis, { page });
