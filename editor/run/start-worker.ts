import type { StudioRequest } from "../../runtime/protocol/studio/requests.ts";
import type { StudioMessage } from "../../runtime/protocol/studio/messages.ts";
import type { StartStudioWorker } from "./link.ts";

/** The studio's worker, which fetches what it needs from the library at `base`. */
export function startStudioWorker(base: URL): StartStudioWorker {
  return ({ message, died }) => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), {
      type: "module",
      name: base.href,
    });
    worker.addEventListener("message", ({ data }: MessageEvent<StudioMessage>) => message(data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      died(event.message || "it could not start");
    });
    return {
      send: (request) => worker.postMessage(request, handedOver(request)),
      end: () => worker.terminate(),
    };
  };
}

/** Files were read for their run alone: their memory goes with it, rather than a copy. */
const handedOver = (request: StudioRequest): Transferable[] =>
  request.type === "run"
    ? [...request.files.values()].flatMap(({ buffer }) =>
        buffer instanceof ArrayBuffer ? [buffer] : [],
      )
    : [];
