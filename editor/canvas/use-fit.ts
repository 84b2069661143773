import { getViewportForBounds, useReactFlow, useStoreApi } from "@xyflow/react";
import { useCallback } from "react";
import type { Key } from "../document/keys.ts";
import { margin } from "./first-view.ts";
import { around, type Extents, type Rect } from "./view-window.ts";

/** How a part of the graph is brought into sight. */
export interface FitOptions {
  /** Of the canvas, on each side. */
  readonly padding: number;
  readonly minZoom?: number;
  readonly maxZoom?: number;
  readonly duration: number;
}

/** Brings things into sight, those too that xyflow knows nothing of; all where no keys are given. */
export type Fit = (options: FitOptions, keys?: readonly Key[]) => void;

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** With a margin, and never larger than life. */
export const whole = (): FitOptions => ({
  padding: margin,
  maxZoom: 1,
  duration: calm() ? 0 : 240,
});

export function useFit({ nodes }: Extents): Fit {
  const store = useStoreApi();
  const { setViewport } = useReactFlow();
  return useCallback(
    ({ padding, duration, ...zooms }, keys) => {
      const rect = extentOfKeys(nodes, keys);
      const { width, height, minZoom, maxZoom } = store.getState();
      if (rect === null || width === 0 || height === 0) return;
      const [x, y, right, bottom] = rect;
      const bounds = { x, y, width: right - x, height: bottom - y };
      const [least, most] = [zooms.minZoom ?? minZoom, zooms.maxZoom ?? maxZoom];
      const viewport = getViewportForBounds(bounds, width, height, least, most, padding);
      void setViewport(viewport, { duration });
    },
    [nodes, store, setViewport],
  );
}

/** The rectangle around some things, or all; null where none of them is drawn. */
export function extentOfKeys(nodes: Extents["nodes"], keys?: readonly Key[]): Rect | null {
  if (keys === undefined) return around(nodes.values());
  return around(keys.map((key) => nodes.get(key)).filter((rect) => rect !== undefined));
}
