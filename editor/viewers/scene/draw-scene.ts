import { bytesOf, type Palette } from "../parts/palette.ts";
import { opacityFor, radiusFor, type CloudLayer } from "../draw/cloud-layer.ts";
import { paintAxes } from "../draw/paint-axes.ts";
import type { Points } from "../data/points.ts";
import { axisStyle } from "../parts/axis-style.ts";
import type { Room } from "../parts/surface.tsx";
import { drawDensity, type DensityDrawing } from "./draw-density.ts";
import { drawMeasurement } from "./draw-line.ts";
import { drawTrails } from "./draw-trails.ts";
import { layersOf, type Layer, type Place } from "./layers.ts";
import type { Scene } from "./scene.ts";

export interface Drawn {
  readonly scene: Scene;
  readonly place: Place;
  readonly prior: DensityDrawing | null;
  readonly exact: DensityDrawing | null;
  readonly hidden: ReadonlySet<string>;
  readonly palette: Palette;
  readonly cloud: CloudLayer;
  /** Names of the axes. */
  readonly labels: readonly [x: string, y: string];
}

/** Dots grow with the room, but less than it. */
const sizeIn = ({ height }: Place["plot"]): number =>
  Math.min(1.6, Math.max(0.8, Math.sqrt(height / 260)));

/** How much is left of what is of earlier numbers. */
const staleStrength = 0.4;

export function drawScene(context: CanvasRenderingContext2D, room: Room, drawn: Drawn): void {
  const { scene, place, palette, labels, hidden } = drawn;
  const { plot, extent } = place;
  paintAxes(context, plot, extent, axisStyle(palette, labels));
  context.save();
  context.beginPath();
  context.rect(plot.left, plot.top, plot.width, plot.height);
  context.clip();
  for (const layer of layersOf(scene))
    if (!hidden.has(layer.id)) drawLayer(context, room, drawn, layer);
  context.restore();
}

// oxlint-disable-next-line max-params -- where, what of all, and which
function drawLayer(
  context: CanvasRenderingContext2D,
  room: Room,
  drawn: Drawn,
  { id, colour: name }: Layer,
): void {
  const { scene, place, palette, prior, exact } = drawn;
  const colour = palette[name];
  const dots = (points: Points, strength: number): void => {
    context.globalAlpha = scene.stale ? staleStrength : 1;
    drawn.cloud.paint(
      context,
      { ...place, ratio: room.ratio },
      {
        points,
        axes: [0, 1],
        colour: bytesOf(colour),
        radius: radiusFor(points.count) * strength * sizeIn(place.plot),
        opacity: opacityFor(points.count) * strength,
      },
    );
    context.globalAlpha = 1;
  };
  if (id === "prior" && prior !== null) drawDensity(context, place, prior);
  else if (id === "measurement" && scene.measurement !== null)
    drawMeasurement(context, place, scene.measurement, colour);
  else if (id === "posterior") {
    if (exact !== null) drawDensity(context, place, exact);
    if (scene.posterior !== null) dots(scene.posterior, exact === null ? 0.8 : 0.65);
  } else if (id === "trails") {
    if (!scene.stale)
      scene.samplers.forEach(({ trails }, i) =>
        drawTrails(context, place, trails, palette[colourOfSampler(scene, i)]),
      );
  } else {
    const sampler = scene.samplers[Number(id.slice("particles".length))];
    if (sampler !== undefined) dots(sampler.points, 1);
  }
}

function colourOfSampler(scene: Scene, index: number): Layer["colour"] {
  const layers = layersOf(scene).filter(({ id }) => id.startsWith("particles"));
  return layers[index]?.colour ?? "space-signal";
}
