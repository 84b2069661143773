import { useCallback, useMemo, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { withEqualUnits } from "../draw/axes.ts";
import type { DensityGrid } from "../draw/density.ts";
import { createCloudLayer } from "../draw/cloud-layer.ts";
import { plotIn } from "../draw/paint-axes.ts";
import { usePalette, type Palette } from "../parts/palette.ts";
import { Surface, type Draw } from "../parts/surface.tsx";
import { densityGrid, prepareDensity, timesDensity } from "./draw-density.ts";
import { drawScene } from "./draw-scene.ts";
import { layersOf, type Layer, type Place } from "./layers.ts";
import type { Scene } from "./scene.ts";
import { useRoom } from "./use-room.ts";
import "../viewers.css";

interface Props {
  readonly scene: Scene;
  /** What lies over the drawing, in its place; layers that are not shown are named. */
  readonly over?: (place: Place, hidden: ReadonlySet<string>) => ReactNode;
  /** What stands below the names of the layers. */
  readonly facts?: ReactNode;
}

const labels = ["x₁", "x₂"] as const;

/** Samplers in the plane: the prior, what was measured, the exact posterior and the particles on their way to it. */
export function ScatterScene({ scene, over, facts }: Props) {
  const { t } = useTranslation();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const palette = usePalette();
  const [cloud] = useState(createCloudLayer);
  const box = useRef<HTMLDivElement>(null);
  const room = useRoom(box);
  const place = useMemo(() => placeIn(room, scene.extent), [room, scene.extent]);
  const { prior, exact } = useDensities(scene, palette);
  const draw = useCallback<Draw>(
    (context, on) => {
      const here = placeIn(on, scene.extent);
      if (here === null) return;
      drawScene(context, on, { scene, place: here, prior, exact, hidden, palette, cloud, labels });
    },
    [scene, prior, exact, hidden, palette, cloud],
  );
  const toggle = (id: string): void =>
    setHidden((now) => {
      const next = new Set(now);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const count = scene.samplers.reduce((sum, { points }) => sum + points.count, 0);
  return (
    <figure className="viewers-scene">
      <div ref={box} className="viewers-scene-box">
        <Surface draw={draw} label={t("viewers.scene.label", { count })} />
        {place !== null && over?.(place, hidden)}
      </div>
      <figcaption className="viewers-legend">
        <Legend layers={layersOf(scene)} hidden={hidden} onToggle={toggle} />
        {facts}
      </figcaption>
    </figure>
  );
}

function placeIn(
  room: { readonly width: number; readonly height: number } | null,
  extent: Scene["extent"],
): Place | null {
  if (room === null || room.width === 0 || room.height === 0) return null;
  const plot = plotIn(room);
  return { plot, extent: withEqualUnits(extent, plot.width, plot.height) };
}

/** The prior, and with the likelihood the posterior, ready to be drawn. */
function useDensities({ prior, likelihood, extent }: Scene, palette: Palette) {
  const grid = useMemo(() => (prior === null ? null : densityGrid(prior, extent)), [prior, extent]);
  const posterior = useMemo(
    () => (grid === null || likelihood === null ? null : timesDensity(grid, likelihood)),
    [grid, likelihood],
  );
  return {
    prior: useDrawing(grid, palette["space-prior"]),
    exact: useDrawing(posterior, palette["space-operator"]),
  };
}

const useDrawing = (grid: DensityGrid | null, colour: string) =>
  useMemo(() => (grid === null ? null : prepareDensity(grid, colour)), [grid, colour]);

interface LegendProps {
  readonly layers: readonly Layer[];
  readonly hidden: ReadonlySet<string>;
  readonly onToggle: (id: string) => void;
}

/** The layers by their colours; each can be hidden. */
function Legend({ layers, hidden, onToggle }: LegendProps) {
  const { t } = useTranslation();
  return (
    <div className="viewers-legend-items" role="group" aria-label={t("viewers.scene.layers")}>
      {layers.map(({ id, key, title, colour, look }) => (
        <button
          key={id}
          type="button"
          className="viewers-legend-item"
          aria-pressed={!hidden.has(id)}
          onClick={() => onToggle(id)}
        >
          <span
            className={`viewers-swatch viewers-swatch-${look}`}
            style={{ color: `var(--${colour})` }}
            aria-hidden
          />
          {key === null ? title : t(`viewers.scene.${key}`)}
        </button>
      ))}
    </div>
  );
}
