import { z } from "zod";
import type { Document } from "../../runtime/graph/document.ts";
import { mixturePreset, mixturePresets } from "../../nodes/prior/mixture-presets.ts";
import { pathOf } from "../document/keys.ts";
import type { MeasurementLine } from "../viewers/scene/scene.ts";

/** What a document says of its picture in the plane: wires as probes name them, and places in the file. */
const sceneSchema = z.object({
  /** The wire of the sampler's particles, and that of exact samples. */
  particles: z.string(),
  posterior: z.string(),
  /** The wire of the measurement. */
  measurement: z.string(),
  /** Places: the params of a mixture, the weights of the measured line, and the noise's standard deviation. */
  mixture: z.string(),
  weights: z.string(),
  noiseStd: z.string(),
});
export type SceneWires = z.infer<typeof sceneSchema>;

const known = new WeakMap<object, SceneWires | null>();

/** The picture that a document's `ui` block asks for; null where it asks for none. */
export function sceneOf({ ui }: Document): SceneWires | null {
  if (typeof ui !== "object" || ui === null) return null;
  const before = known.get(ui);
  if (before !== undefined) return before;
  const scene = "scene" in ui ? (sceneSchema.safeParse(ui.scene).data ?? null) : null;
  known.set(ui, scene);
  return scene;
}

const mixture = z.union([
  z.object({ preset: z.enum(mixturePresets), std: z.number().positive().optional() }),
  z.object({
    means: z.array(z.tuple([z.number(), z.number()])),
    std: z.number().positive(),
    weights: z.array(z.number()).optional(),
  }),
]);

/** The density of a mixture of round Gaussians in the plane, not normalised; null where the params are no such mixture. */
export function densityOf(params: unknown): ((x: number, y: number) => number) | null {
  const { data } = mixture.safeParse(params);
  if (data === undefined) return null;
  const { means, std, weights } = "preset" in data ? presetParts(data.preset, data.std) : data;
  return (x, y) =>
    means.reduce((sum, [mx, my], i) => {
      const distance = (x - mx) ** 2 + (y - my) ** 2;
      return sum + (weights?.[i] ?? 1) * Math.exp(-distance / (2 * std ** 2));
    }, 0);
}

interface Parts {
  readonly means: readonly (readonly [number, number])[];
  readonly std: number;
  readonly weights?: readonly number[] | undefined;
}

function presetParts(name: (typeof mixturePresets)[number], std: number | undefined): Parts {
  const { means, std: own } = mixturePreset(name);
  const values = "values" in means ? means.values : [];
  const points = Array.from(
    { length: values.length / 2 },
    (_, i) => [values[2 * i] ?? 0, values[2 * i + 1] ?? 0] as const,
  );
  return { means: points, std: std ?? (typeof own === "number" ? own : 0.1) };
}

/** The line that a measurement of the plane leaves, once its value is known. */
export function lineOf(
  document: Document,
  { weights, noiseStd }: SceneWires,
  y: number | null,
): MeasurementLine | null {
  const row = z.tuple([z.number(), z.number()]).safeParse(valueAt(document, weights)).data;
  const std = z.number().safeParse(valueAt(document, noiseStd)).data;
  return row === undefined || std === undefined || y === null ? null : { a: row, y, noiseStd: std };
}

/** What stands at a place of the file. */
export function valueAt(document: Document, key: string): unknown {
  let at: unknown = document;
  for (const step of pathOf(key)) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[step];
  }
  return at;
}
