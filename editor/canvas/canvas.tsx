import {
  Background,
  BackgroundVariant,
  ReactFlow,
  type ReactFlowProps,
  ReactFlowProvider,
  SelectionMode,
  useStore as useFlowStore,
} from "@xyflow/react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { later } from "../app/later.tsx";
import { useEditor, useStudio } from "../app/use-studio.ts";
import { canvasScope } from "../commands/bind-keys.ts";
import { ariaLabels } from "../i18n/aria-labels.ts";
import { Card } from "./card.tsx";
import { ContextMenu } from "./context-menu.tsx";
import { Crumbs } from "./crumbs.tsx";
import { Cures, type Trouble } from "./cures.tsx";
import { nearZoom } from "./first-view.ts";
import { createGestures, GestureContext } from "./gesture.ts";
import { isGround } from "./ground.ts";
import { GraphMap } from "./map.tsx";
import { Frame, Note } from "./notes.tsx";
import { farZoom, manyNodes, Overview } from "./overview.tsx";
import { Refusal } from "./refusal.tsx";
import { Tools } from "./tools.tsx";
import { useAim } from "./use-aim.ts";
import { useCamera } from "./use-camera.ts";
import { useChoose } from "./use-choose.ts";
import { useConnect } from "./use-connect.ts";
import { useDrag } from "./use-drag.ts";
import { useFlow } from "./use-flow.ts";
import { useGestureKeys } from "./use-gesture-keys.ts";
import { usePalette } from "./use-palette.ts";
import { usePlaceToAdd } from "./use-place-to-add.ts";
import { usePortsOverWires } from "./use-ports-over-wires.ts";
import { WireEdgeView } from "./wire-edge.tsx";
import { WireProbe } from "./wire-probe.tsx";
import { Zone } from "./zone.tsx";
import "@xyflow/react/dist/base.css";
import "./canvas.css";

const AddPalette = later(async () => (await import("../palette/add-palette.tsx")).AddPalette);

const nodeTypes = { card: Card, zone: Zone, note: Note, frame: Frame };
const edgeTypes = { wire: WireEdgeView };
/** Keys are the commands' own: xyflow takes none but those that select more. */
const manners = {
  zIndexMode: "manual",
  onlyRenderVisibleElements: true,
  selectionMode: SelectionMode.Partial,
  multiSelectionKeyCode: ["Shift", "Meta", "Control"],
  deleteKeyCode: null,
  panActivationKeyCode: null,
  disableKeyboardA11y: true,
  // A graph has more wires than anybody would tab through: the keyboard finds them by the ports that they end in.
  edgesFocusable: false,
  zoomOnDoubleClick: false,
  snapToGrid: true,
  snapGrid: [8, 8],
  connectionRadius: 30,
  minZoom: 0.05,
  maxZoom: 2.5,
  nodeDragThreshold: 3,
} satisfies ReactFlowProps;
const nothing: never[] = [];

/** The graph as cards and wires. */
export function Canvas() {
  const [gestures] = useState(createGestures);
  return (
    <GestureContext value={gestures}>
      <ReactFlowProvider>
        <Surface />
      </ReactFlowProvider>
    </GestureContext>
  );
}

function Surface() {
  const { t } = useTranslation();
  const { view } = useStudio();
  const live = useFlow();
  const aria = useMemo(() => ariaLabels(t), [t]);
  const placeNow = usePlaceToAdd(live);
  const palette = usePalette(live, placeNow);
  const drag = useDrag(live);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const connect = useConnect(live, palette.open, setTrouble);
  const choose = useChoose();
  const portsOverWires = usePortsOverWires();
  useGestureKeys();
  useAim(live);
  const root = useCamera(live, palette.open, placeNow);
  const distance = useFlowStore(({ transform: [, , zoom] }) =>
    zoom < farZoom ? "farthest" : zoom < nearZoom ? "far" : "near",
  );
  const isEmpty = live.flow.nodes.length === 0;
  const asBlocks = distance === "farthest" && live.flow.nodes.length > manyNodes;
  const onDoubleClick = (event: React.MouseEvent) => {
    if (isGround(event.target)) palette.open({ x: event.clientX, y: event.clientY }, null);
  };
  return (
    <ContextMenu>
      {/* The pane has no double click of its own. */}
      <div
        ref={root}
        className={`canvas canvas-${distance} ${live.isSettling ? "canvas-settling" : ""}`}
        tabIndex={-1}
        onDoubleClick={onDoubleClick}
        {...palette.drop}
        {...portsOverWires}
        {...canvasScope}
        role="presentation"
      >
        {asBlocks && <Overview flow={live.flow} extents={live.extents} />}
        <ReactFlow
          aria-label={t("app.canvas")}
          nodes={asBlocks ? nothing : live.nodes}
          edges={asBlocks ? nothing : live.edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodesChange={live.onNodesChange}
          onEdgesChange={live.onEdgesChange}
          {...drag}
          {...connect}
          {...choose}
          {...manners}
          ariaLabelConfig={aria}
        >
          <Background variant={BackgroundVariant.Dots} gap={24} size={1.4} color="var(--grid)" />
          <GraphMap flow={live.flow} extents={live.extents} />
          <Refusal />
        </ReactFlow>
        <WireProbe flow={live.flow} />
        <Crumbs />
        <Tools onAdd={() => view.setState({ focus: "add" })} />
        {isEmpty && <Empty />}
        {trouble !== null && <Cures trouble={trouble} onClose={() => setTrouble(null)} />}
        {palette.request !== null && (
          <AddPalette request={palette.request} onClose={palette.close} />
        )}
      </div>
    </ContextMenu>
  );
}

function Empty() {
  const { t } = useTranslation();
  const { view } = useStudio();
  const name = useEditor(({ file }) => file.name);
  const way = (dialog: "new-sampler" | "gallery", words: string) => (
    <button type="button" className="storage-button" onClick={() => view.setState({ dialog })}>
      {words}
    </button>
  );
  return (
    <div className="canvas-empty">
      <strong>{name}</strong>
      <span>{t("canvas.empty")}</span>
      <span className="canvas-empty-ways">
        {way("new-sampler", t("commands.file.new"))}
        {way("gallery", t("commands.file.gallery"))}
      </span>
    </div>
  );
}
