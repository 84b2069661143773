import { Panel, useReactFlow, useStore } from "@xyflow/react";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useView } from "../app/use-studio.ts";
import { areSameBlocks, drawBlocks } from "./draw-blocks.ts";
import { isNear } from "./first-view.ts";
import type { LiveFlow } from "./use-flow.ts";
import { around } from "./view-window.ts";

const width = 176;
const height = 128;
const margin = 8;
/** Times its own sides: on a smaller canvas it would cover too much. */
const leastCanvas = 3.5;

/** From the canvas' coordinates to the map's: times `scale`, then moved. */
interface Placing {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** The map of a body that cannot be read where all of it is seen. */
export function GraphMap({ flow, extents }: Pick<LiveFlow, "flow" | "extents">) {
  const all = useMemo(() => around(extents.nodes.values()), [extents]);
  const isNeeded = useStore(
    (room) =>
      all !== null &&
      room.width > leastCanvas * width &&
      room.height > leastCanvas * height &&
      !isNear(all, room),
  );
  return isNeeded ? <Sheet flow={flow} extents={extents} /> : null;
}

/** All of it, drawn once for each of its states, and what is in sight; a drag goes there, the wheel zooms. */
function Sheet({ flow, extents }: Pick<LiveFlow, "flow" | "extents">) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useView((view) => view.theme);
  const { setCenter, getZoom, zoomIn, zoomOut } = useReactFlow();
  const sheet = useMemo(() => sheetOf(extents.nodes.values()), [extents]);
  const last = useRef(flow.nodes);
  if (!areSameBlocks(last.current, flow.nodes)) last.current = flow.nodes;
  const blocks = last.current;
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (canvas.current === null || context === null || context === undefined) return;
    const ratio = globalThis.devicePixelRatio;
    [canvas.current.width, canvas.current.height] = [width * ratio, height * ratio];
    const { scale, x, y } = sheet;
    context.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * x, ratio * y);
    drawBlocks(context, flow, extents);
    // Of a flow, `blocks` and `extents` are all that is seen.
  }, [blocks, extents, sheet, theme]);
  const go = (event: React.PointerEvent<HTMLElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const [left, top] = [event.clientX - box.x - sheet.x, event.clientY - box.y - sheet.y];
    void setCenter(left / sheet.scale, top / sheet.scale, { zoom: getZoom() });
  };
  return (
    <Panel position="bottom-right" className="canvas-map">
      <div
        role="img"
        aria-label={t("canvas.map")}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          go(event);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) go(event);
        }}
        onWheel={({ deltaY }) => void (deltaY < 0 ? zoomIn() : zoomOut())}
      >
        <canvas ref={canvas} style={{ width, height }} />
        <Sight sheet={sheet} />
      </div>
    </Panel>
  );
}

/** What is in sight, as a frame on the map. */
function Sight({ sheet: { scale, x, y } }: { readonly sheet: Placing }) {
  const transform = useStore((state) => state.transform);
  const [across, down] = [useStore((state) => state.width), useStore((state) => state.height)];
  const [left, top, zoom] = transform;
  const ratio = scale / zoom;
  return (
    <span
      className="canvas-map-sight"
      style={{
        transform: `translate(${x - left * ratio}px, ${y - top * ratio}px)`,
        width: across * ratio,
        height: down * ratio,
      }}
    />
  );
}

/** So that all is on the map, in its middle. */
function sheetOf(rects: Parameters<typeof around>[0]): Placing {
  const [left, top, right, bottom] = around(rects) ?? [0, 0, 1, 1];
  const [across, down] = [Math.max(1, right - left), Math.max(1, bottom - top)];
  const scale = Math.min((width - 2 * margin) / across, (height - 2 * margin) / down);
  return {
    scale,
    x: width / 2 - (scale * (left + right)) / 2,
    y: height / 2 - (scale * (top + bottom)) / 2,
  };
}
