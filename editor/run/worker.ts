import { registry } from "../../nodes/index.ts";
import type { Issue } from "../../runtime/base/issue.ts";
import type { EngineMessage } from "../../runtime/protocol/events.ts";
import type { EngineHandle, EngineListener } from "../../runtime/protocol/studio/host.ts";
import { createStudio } from "../../runtime/protocol/studio/studio.ts";
import { decodeImage } from "./decode-image.ts";
import { createWorkerLibrary } from "./worker-library.ts";

const newEngine = (): Worker =>
  new Worker(new URL("./engine-worker.ts", import.meta.url), { type: "module", name: "engine" });

/** The first engine makes itself ready before a run asks for it; one that does not start is tried again for the run. */
let begun: Worker | null = newEngine();
begun.addEventListener("error", forget);

function forget(event: Event): void {
  event.preventDefault();
  begun = null;
}

function startEngine({ message, ended }: EngineListener): EngineHandle {
  const worker = begun ?? newEngine();
  worker.removeEventListener("error", forget);
  begun = null;
  worker.addEventListener("message", ({ data }: MessageEvent<EngineMessage>) => message(data));
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    worker.terminate();
    ended(endedIssue(event.message));
  });
  return { send: (request) => worker.postMessage(request), kill: () => worker.terminate() };
}

const endedIssue = (reason: string | undefined): Issue => ({
  code: "engine.ended",
  message: `The engine ended before the run was done (${reason ?? "it could not start"}).`,
  at: {},
  fix: "The page may be short of memory: use a smaller image or fewer samples.",
});

// The studio as a worker. Its address of the library comes in the worker's name, before any message.
const studio = createStudio({
  registry,
  startEngine,
  library: createWorkerLibrary(new URL(self.name)),
  decode: {
    image: decodeImage,
    async sound(bytes, name) {
      const [{ WaveFile }, { decodeWav }] = await Promise.all([
        import("wavefile"),
        import("../../runtime/tensor/wav.ts"),
      ]);
      return decodeWav(WaveFile, bytes, { path: [name] }).tensor;
    },
  },
  post: (message) => self.postMessage(message),
  clock: () => performance.now(),
  later(work, ms) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
});
self.addEventListener("message", ({ data }: MessageEvent<unknown>) => studio.receive(data));
