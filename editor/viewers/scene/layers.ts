import type { Extent } from "../draw/axes.ts";
import type { Plot } from "../draw/paint-axes.ts";
import type { ColourName } from "../parts/palette.ts";
import type { Scene } from "./scene.ts";

/** Where a scene is drawn: one unit is as long along both axes. */
export interface Place {
  readonly plot: Plot;
  readonly extent: Extent;
}

export interface Layer {
  readonly id: string;
  /** The end of its message's key in `viewers.scene`; null: `title` is its name. */
  readonly key: string | null;
  readonly title: string;
  readonly colour: ColourName;
  readonly look: "area" | "line" | "thin" | "dots";
}

const samplerColours = ["space-signal", "space-noise", "space-spectral"] as const;

/** All that a scene has to show, the lowest first. */
export function layersOf(scene: Scene): readonly Layer[] {
  const { prior, measurement, likelihood, posterior, samplers } = scene;
  const layer = (id: string, colour: ColourName, look: Layer["look"]): Layer => ({
    id,
    key: id,
    title: "",
    colour,
    look,
  });
  return [
    ...(prior === null ? [] : [layer("prior", "space-prior", "area")]),
    ...(measurement === null ? [] : [layer("measurement", "space-measurement", "line")]),
    ...((prior === null || likelihood === null) && posterior === null
      ? []
      : [layer("posterior", "space-operator", "area")]),
    ...(samplers.some(({ trails }) => trails.length > 1)
      ? [layer("trails", "space-signal", "thin")]
      : []),
    ...samplers.map(({ name }, i): Layer => {
      const id = samplers.length === 1 ? "particles" : `particles${i}`;
      const colour = samplerColours[i % samplerColours.length] ?? "space-signal";
      return {
        id,
        key: name === null ? "particles" : null,
        title: name ?? "",
        colour,
        look: "dots",
      };
    }),
  ];
}
