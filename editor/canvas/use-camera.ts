import { useReactFlow, useStore } from "@xyflow/react";
import { useEffect, useRef, type RefObject } from "react";
import { useStudio, useView } from "../app/use-studio.ts";
import { firstView } from "./first-view.ts";
import { useFirstView, viewportOf } from "./use-first-view.ts";
import { calm, extentOfKeys, useFit, whole } from "./use-fit.ts";
import { useFlight } from "./use-flight.ts";
import type { LiveFlow } from "./use-flow.ts";
import { intoSight } from "./into-sight.ts";
import { useHeldOnScreen } from "./use-held-on-screen.ts";
import type { PlaceNow } from "./use-place-to-add.ts";
import type { OpenPalette } from "./use-palette.ts";

/**
 * Does what commands ask of the view: fly to a thing, zoom, take the keyboard, open the palette in the middle. The
 * element it gives is the canvas' own.
 */
export function useCamera(
  { flow, extents }: Pick<LiveFlow, "flow" | "extents">,
  openPalette: OpenPalette,
  placeNow: PlaceNow,
): RefObject<HTMLDivElement | null> {
  const root = useRef<HTMLDivElement>(null);
  const { editor, view } = useStudio();
  const reactFlow = useReactFlow();
  const camera = useView((state) => state.camera);
  const focus = useView((state) => state.focus);
  const isMeasured = useStore(({ width, height }) => width > 0 && height > 0);
  const isThere = flow.nodes.length > 0 && isMeasured;
  const fit = useFit(extents);
  useHeldOnScreen(root);
  useFirstView(isThere, root, {
    showFirst: () => {
      const zones = flow.nodes.filter(({ type }) => type === "zone").map(({ id }) => id);
      const { clientWidth: width = 0, clientHeight: height = 0 } = root.current ?? {};
      const first = firstView(extents, zones, { width, height });
      if (first !== null) void reactFlow.setViewport(first);
    },
    isBare: ({ at: [left, top], size: [width, height] }) =>
      [...extents.nodes.values()].every(
        ([x, y, right, bottom]) =>
          right < left || x > left + width || bottom < top || y > top + height,
      ),
  });

  useFlight(flow, fit);

  useEffect(() => {
    if (camera === null) return;
    view.setState({ camera: null });
    const options = { duration: calm() ? 0 : 120 };
    if (camera === "in") void reactFlow.zoomIn(options);
    if (camera === "out") void reactFlow.zoomOut(options);
    if (camera === "actual") void reactFlow.zoomTo(1, options);
    if (camera === "fit") fit(whole());
    if (typeof camera === "object")
      void reactFlow.setViewport(viewportOf(camera, root.current), whole());
    const { selection } = editor.getState();
    const rect = extentOfKeys(extents.nodes, selection);
    if (camera === "selection") fit({ ...whole(), padding: 0.6 }, selection);
    if (camera === "follow" && rect !== null && root.current !== null)
      void reactFlow.setViewport(intoSight(reactFlow.getViewport(), rect, root.current), whole());
  }, [camera, editor, view, reactFlow, fit, extents]);

  useEffect(() => {
    if (focus !== "canvas" && focus !== "add") return;
    view.setState({ focus: null });
    if (focus === "canvas") return root.current?.focus();
    const place = placeNow();
    if (place !== null) openPalette(place, null);
  }, [focus, view, placeNow, openPalette]);

  return root;
}
