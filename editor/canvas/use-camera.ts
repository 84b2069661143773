import { type ReactFlowInstance, useReactFlow } from "@xyflow/react";
import { useEffect, useRef, type RefObject } from "react";
import { useEditor, useStudio, useView } from "../app/use-studio.ts";
import { scopeKeyOf } from "../document/keys.ts";
import type { Flow } from "./flow-model.ts";
import type { OpenPalette } from "./use-palette.ts";

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const whole = () => ({ padding: 0.08, maxZoom: 1, duration: calm() ? 0 : 240 });

const atZoom = (reactFlow: ReactFlowInstance) => {
  const zoom = reactFlow.getZoom();
  return { minZoom: zoom, maxZoom: zoom };
};

/** Whether a part of the nodes lies outside the canvas. */
function isOutOfSight(
  reactFlow: ReactFlowInstance,
  nodes: readonly { readonly id: string }[],
  root: HTMLElement | null,
): boolean {
  const { x, y, width, height } = reactFlow.getNodesBounds(nodes.map(({ id }) => id));
  const box = root?.getBoundingClientRect();
  if (box === undefined) return false;
  const from = reactFlow.flowToScreenPosition({ x, y });
  const to = reactFlow.flowToScreenPosition({ x: x + width, y: y + height });
  return from.x < box.left || from.y < box.top || to.x > box.right || to.y > box.bottom;
}

/**
 * Does what commands ask of the view: fly to a thing, zoom, take the keyboard, open the palette in the middle. Shows
 * everything when another body or file is opened. The element it gives is the canvas' own.
 */
export function useCamera(flow: Flow, openPalette: OpenPalette): RefObject<HTMLDivElement | null> {
  const root = useRef<HTMLDivElement>(null);
  const { editor, view } = useStudio();
  const reactFlow = useReactFlow();
  const scope = useEditor((state) => state.scope);
  const opened = useEditor((state) => state.file.name);
  const flight = useView((state) => state.flight);
  const camera = useView((state) => state.camera);
  const focus = useView((state) => state.focus);
  const isThere = flow.nodes.length > 0;

  useEffect(() => {
    if (isThere) void reactFlow.fitView({ ...whole(), duration: 0 });
  }, [scope, opened, isThere, reactFlow]);

  useEffect(() => {
    if (flight === null) return;
    const body = scopeKeyOf(flight.key);
    if (!flow.nodes.some(({ id }) => id === flight.key) && editor.getState().scope !== body) {
      editor.actions.dive(body);
      return;
    }
    view.setState({ flight: null });
    editor.actions.select([flight.key]);
    void reactFlow.fitView({ ...whole(), nodes: [{ id: flight.key }], padding: 0.6 });
  }, [flight, flow, editor, view, reactFlow]);

  useEffect(() => {
    if (camera === null) return;
    view.setState({ camera: null });
    const options = { duration: calm() ? 0 : 120 };
    if (camera === "in") void reactFlow.zoomIn(options);
    if (camera === "out") void reactFlow.zoomOut(options);
    if (camera === "actual") void reactFlow.zoomTo(1, options);
    if (camera === "fit") void reactFlow.fitView(whole());
    const nodes = editor.getState().selection.map((id) => ({ id }));
    const isAsked =
      camera === "selection" ||
      (camera === "follow" && isOutOfSight(reactFlow, nodes, root.current));
    if (isAsked && nodes.length > 0)
      void reactFlow.fitView({
        ...whole(),
        nodes,
        padding: 0.6,
        ...(camera === "follow" ? atZoom(reactFlow) : {}),
      });
  }, [camera, editor, view, reactFlow]);

  useEffect(() => {
    if (focus !== "canvas" && focus !== "add") return;
    view.setState({ focus: null });
    const box = root.current?.getBoundingClientRect();
    if (focus === "canvas") root.current?.focus();
    else if (box !== undefined) {
      const screen = { x: box.x + box.width / 2, y: box.y + box.height / 3 };
      openPalette(screen, null);
    }
  }, [focus, view, reactFlow, openPalette]);

  return root;
}
