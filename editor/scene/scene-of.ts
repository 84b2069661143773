import { z } from "zod";
import type { Document } from "../../runtime/graph/document.ts";

/** What a document says of its picture in the plane: wires as probes name them, and places in the file. */
const sceneSchema = z.object({
  /** The wires of the particles of one sampler, or of some that run in one graph. */
  particles: z.union([z.string(), z.array(z.string()).min(1).max(3)]),
  /** The wire of exact samples. */
  posterior: z.string(),
  /** The wire of the measurement. */
  measurement: z.string(),
  /** Places: the params of a mixture, the weights of the measured line, and the noise's standard deviation. */
  mixture: z.string(),
  weights: z.string(),
  noiseStd: z.string(),
  /** The place of the params `x` and `y` of the point that is measured, where it can be moved. */
  truth: z.string().optional(),
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

export const samplersOf = ({ particles }: SceneWires): readonly string[] =>
  typeof particles === "string" ? [particles] : particles;
