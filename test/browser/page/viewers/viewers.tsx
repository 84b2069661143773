import axe from "axe-core";
import { useState } from "react";
import { createRoot } from "react-dom/client";
import { createStudio } from "../../../../editor/app/create-studio.ts";
import { StudioContext } from "../../../../editor/app/use-studio.ts";
import { uiOf } from "../../../../editor/document/ui.ts";
import { startI18n } from "../../../../editor/i18n/index.ts";
import { gaussian } from "./gaussian.ts";
import { NodePreview } from "../../../../editor/viewers/node-preview.tsx";
import { pointsOf } from "../../../../editor/viewers/data/points.ts";
import { ProbesPanel } from "../../../../editor/viewers/probes-panel.tsx";
import { ScatterScene } from "../../../../editor/viewers/scene/scatter-scene.tsx";
import type { Scene } from "../../../../editor/viewers/scene/scene.ts";
import { createRegistry } from "../../../../runtime/graph/define-node.ts";
import { readDocument } from "../../../../runtime/graph/read.ts";
import type { ViewersPage } from "../../viewers-page.ts";
import { createPastRun } from "./fake-run.ts";
import { frames } from "./frames.ts";
import "../../../../editor/theme/theme.css";
import "../../../../editor/app/app.css";

const wires = Object.keys(frames);
const { document: opened } = readDocument(
  JSON.stringify({
    denoodle: 1,
    name: "t",
    inputs: {},
    graph: {},
    outputs: {},
    ui: { probes: wires },
  }),
);
if (opened === null) throw new Error("the document of this page does not open");
const { run, watchers } = createPastRun();
const studio = createStudio({
  registry: createRegistry([]),
  document: opened,
  name: "t",
  createRun: () => run,
});

const clouds = (frames["points.x"] ?? []).map(pointsOf);
const extent = { x: [-3, 3], y: [-3, 3] } as const;
const scene: Scene = {
  extent,
  prior: gaussian,
  measurement: { a: [1, 1], y: 1, noiseStd: 0.2 },
  likelihood: null,
  posterior: clouds[1] ?? null,
  samplers: clouds[0] === undefined ? [] : [{ name: null, points: clouds[0], trails: clouds }],
  stale: false,
};
let showPreviews: (shown: boolean) => void = () => undefined;

function Page() {
  const [previews, setPreviews] = useState(false);
  showPreviews = setPreviews;
  return (
    <div style={{ height: "100%", overflow: "auto", background: "var(--panel)" }}>
      <ProbesPanel />
      <div id="scene" style={{ width: 480, height: 360 }}>
        <ScatterScene scene={scene} />
      </div>
      {previews && (
        <div id="previews">
          {wires.map((wire) => (
            <div key={wire} data-preview={wire}>
              <NodePreview wire={wire} width={120} height={80} />
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

/** Read from a copy, so that the page's own canvas stays where it is drawn fastest. */
function pixelsOf(canvas: HTMLCanvasElement): Uint8ClampedArray {
  const { width, height } = canvas;
  const copy = new OffscreenCanvas(Math.max(1, width), Math.max(1, height));
  const context = copy.getContext("2d", { willReadFrequently: true });
  if (width > 0 && height > 0) context?.drawImage(canvas, 0, 0);
  return context?.getImageData(0, 0, copy.width, copy.height).data ?? new Uint8ClampedArray();
}

function coloursOf(canvas: HTMLCanvasElement): number {
  const pixels = pixelsOf(canvas);
  const colours = new Set<number>();
  for (let i = 0; i < pixels.length; i += 4) {
    const [r = 0, g = 0, b = 0, a = 0] = pixels.subarray(i, i + 4);
    if (a > 0) colours.add(((r >> 3) << 10) | ((g >> 3) << 5) | (b >> 3));
  }
  return colours.size;
}

function middleOf(canvas: HTMLCanvasElement | null): readonly number[] {
  if (canvas === null) return [];
  const at = 4 * (Math.floor(canvas.height / 2) * canvas.width + Math.floor(canvas.width / 2));
  return [...pixelsOf(canvas).subarray(at, at + 3)];
}

const page: ViewersPage = {
  wires,
  colours: (selector) =>
    Math.max(
      0,
      ...[...document.querySelectorAll<HTMLCanvasElement>(`${selector} canvas`)].map(coloursOf),
    ),
  middle: (selector) => middleOf(document.querySelector<HTMLCanvasElement>(`${selector} canvas`)),
  scrub: (at) => run.actions.scrub(at),
  probes: () => uiOf(studio.editor.getState().history.present).probes,
  undo: () => void studio.editor.actions.undo(),
  theme: (name) => {
    document.documentElement.dataset["theme"] = name;
  },
  showPreviews: (shown) => showPreviews(shown),
  watchers: (wire) => watchers.get(wire) ?? 0,
  axe: async () => {
    const { violations } = await axe.run(document);
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
  },
};

await startI18n();
page.theme("light");
createRoot(document.querySelector("#root") ?? document.body).render(
  <StudioContext value={studio}>
    <Page />
  </StudioContext>,
);
Object.assign(globalThis, { viewers: page });
