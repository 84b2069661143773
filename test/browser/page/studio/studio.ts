import { createRunStore } from "../../../../editor/run/create-run-store.ts";
import { decodeImage } from "../../../../editor/run/decode-image.ts";
import { openLibrary } from "../../../../editor/run/library.ts";
import type { RunPhase } from "../../../../editor/run/run-store.ts";
import { createEditorStore } from "../../../../editor/state/editor-store.ts";
import type { StudioPage } from "../../studio-page.ts";

const workers: Worker[] = [];
globalThis.Worker = class extends Worker {
  constructor(...given: ConstructorParameters<typeof Worker>) {
    super(...given);
    workers.push(this);
  }
};

const library = await openLibrary(new URL("library/", location.href));
const document = await library.document("examples", "mixture-2d");
const run = createRunStore({
  editor: createEditorStore(document, "example"),
  library,
  filesOf: () => null,
  isSound: () => true,
});

const studio: StudioPage = {
  start: () => run.actions.start(),
  cancel: () => run.actions.cancel(),
  crash: () =>
    void workers.at(-1)?.dispatchEvent(new ErrorEvent("error", { message: "out of memory" })),
  async until(...phases) {
    const isThere = (phase: RunPhase) => phases.includes(phase);
    if (!isThere(run.getState().phase))
      await new Promise<void>((resolve) => {
        const stop = run.subscribe(({ phase }) => {
          if (!isThere(phase)) return;
          stop();
          resolve();
        });
      });
    const { phase, issues } = run.getState();
    return { phase, codes: issues.map(({ code }) => code) };
  },
  async frame(wire) {
    const frame = await run.actions.frame(wire, null);
    return frame === null ? null : Array.from(frame.data, Number);
  },
  async picture(name) {
    const asset = library.manifest.assets.find((each) => each.name === name);
    if (asset === undefined) throw new Error(`no asset ${name}`);
    const bytes = new Uint8Array(await (await fetch(library.urlOf(asset))).arrayBuffer());
    const { shape, data } = await decodeImage(bytes, name);
    return { shape, values: Array.from(data, Number) };
  },
};
Object.assign(globalThis, { studio });
