import type { StudioRequest } from "../../runtime/protocol/studio/requests.ts";
import type { StudioMessage } from "../../runtime/protocol/studio/messages.ts";
import type { StartStudioWorker } from "./link.ts";

/** A worker that was begun before anybody asked for it. */
let begun: Worker | null = null;

/** Has the first studio's worker, and the engine behind it, on their way while the page is still being made. */
export function beginStudioWorker(base: URL): void {
  begun = newWorker(base);
  begun.addEventListener("error", forget);
}

/** Whoever asks starts another, and is told why that does not start. */
function forget(event: Event): void {
  event.preventDefault();
  begun = null;
}

const newWorker = (base: URL): Worker =>
  new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: base.href });

/** The studio's worker, which fetches what it needs from the library at `base`. */
export function startStudioWorker(base: URL): StartStudioWorker {
  return ({ message, died }) => {
    const worker = begun ?? newWorker(base);
    worker.removeEventListener("error", forget);
    begun = null;
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
