import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { withEqualUnits } from "../draw/axes.ts";
import { createCloudLayer, opacityFor, radiusFor, type CloudLayer } from "../draw/cloud-layer.ts";
import type { Points } from "../data/points.ts";
import { paintAxes, plotIn } from "../draw/paint-axes.ts";
import { axisStyle } from "../parts/axis-style.ts";
import { bytesOf, usePalette, type ColourName, type Palette } from "../parts/palette.ts";
import { Surface, type Draw, type Room } from "../parts/surface.tsx";
import { drawMeasurement } from "./draw-line.ts";
import { drawPrior, preparePrior, type PriorDrawing } from "./draw-prior.ts";
import { drawTrails } from "./draw-trails.ts";
import { hasLayer, layerNames, type LayerName, type Scene } from "./scene.ts";
import "../viewers.css";

interface Props extends Scene {
  /** Names of the axes. */
  readonly labels?: readonly [x: string, y: string];
}

const layerColours: Readonly<Record<LayerName, ColourName>> = {
  prior: "space-prior",
  measurement: "space-measurement",
  posterior: "space-operator",
  trails: "space-signal",
  particles: "space-signal",
};

const defaultLabels = ["x₁", "x₂"] as const;

/** A sampler in the plane: the prior, what was measured, the exact posterior and the particles on their way to it. */
export function ScatterScene({ labels = defaultLabels, ...scene }: Props) {
  const { t } = useTranslation();
  const [hidden, setHidden] = useState<ReadonlySet<LayerName>>(new Set());
  const palette = usePalette();
  const [layer] = useState(createCloudLayer);
  const { prior, extent } = scene;
  const drawing = useMemo(
    () => (prior === null ? null : preparePrior(prior, extent, palette["space-prior"])),
    [prior, extent, palette],
  );
  const draw = useCallback<Draw>(
    (context, room) =>
      drawScene(context, room, { ...scene, drawing, hidden, palette, layer, labels }),
    [...Object.values(scene), drawing, hidden, palette, layer, labels],
  );
  const toggle = (name: LayerName): void =>
    setHidden((now) => {
      const next = new Set(now);
      if (!next.delete(name)) next.add(name);
      return next;
    });
  return (
    <figure className="viewers-scene">
      <Surface
        draw={draw}
        label={t("viewers.scene.label", { count: scene.particles?.count ?? 0 })}
      />
      <figcaption className="viewers-legend" aria-label={t("viewers.scene.layers")}>
        {layerNames
          .filter((name) => hasLayer(scene, name))
          .map((name) => (
            <button
              key={name}
              type="button"
              className="viewers-legend-item"
              aria-pressed={!hidden.has(name)}
              onClick={() => toggle(name)}
            >
              <span className={`viewers-swatch viewers-swatch-${name}`} aria-hidden />
              {t(`viewers.scene.${name}`)}
            </button>
          ))}
      </figcaption>
    </figure>
  );
}

interface Drawn extends Scene {
  readonly drawing: PriorDrawing | null;
  readonly hidden: ReadonlySet<LayerName>;
  readonly palette: Palette;
  readonly layer: CloudLayer;
  readonly labels: readonly [string, string];
}

function drawScene(context: CanvasRenderingContext2D, room: Room, scene: Drawn): void {
  const { hidden, palette, layer, measurement, drawing } = scene;
  const plot = plotIn(room);
  const extent = withEqualUnits(scene.extent, plot.width, plot.height);
  const place = { plot, extent, ratio: room.ratio };
  const colourOf = (name: LayerName): string => palette[layerColours[name]];
  const cloud = (name: LayerName, points: Points | null, strength: number): void => {
    if (points === null || hidden.has(name)) return;
    const radius = radiusFor(points.count) * strength;
    const opacity = opacityFor(points.count) * strength;
    const look = {
      points,
      axes: [0, 1] as const,
      colour: bytesOf(colourOf(name)),
      radius,
      opacity,
    };
    layer.paint(context, place, look);
  };
  paintAxes(context, plot, extent, axisStyle(palette, scene.labels));
  context.save();
  context.beginPath();
  context.rect(plot.left, plot.top, plot.width, plot.height);
  context.clip();
  if (drawing !== null && !hidden.has("prior"))
    drawPrior(context, place, drawing, colourOf("prior"));
  if (measurement !== null && !hidden.has("measurement"))
    drawMeasurement(context, place, measurement, colourOf("measurement"));
  cloud("posterior", scene.posterior, 0.8);
  if (!hidden.has("trails")) drawTrails(context, place, scene.trails, colourOf("trails"));
  cloud("particles", scene.particles, 1);
  context.restore();
}
