import type { Document, NodeDefault, Slot } from "../../runtime/graph/document.ts";

/** All that makes a sampler one for this photo. */
export interface Restoration {
  readonly name: string;
  /** The photo as it was fitted: an own file. */
  readonly photo: { readonly name: string; readonly sha256: string };
  readonly operator: NodeDefault;
  /** Of the photo's noise, on the scale of [-1, 1]. */
  readonly noiseStd: number;
  /** A name that `prior/onnx` takes. */
  readonly model: string;
  readonly steps: number;
}

/**
 * A sampler as a document of its own that restores a photo: the photo is its measurement, and there is no task, so that
 * nothing in it knows a ground truth.
 */
export function restorationOf(sampler: Document, asked: Restoration): Document {
  const { task: _, ...rest } = sampler;
  const { photo, operator, noiseStd, model } = asked;
  const inputs: Record<string, Slot> = {
    ...sampler.inputs,
    ...withDefault(sampler, "measurement", { asset: photo.name, sha256: photo.sha256 }),
    ...withDefault(sampler, "operator", operator),
    ...withDefault(sampler, "prior", { type: "prior/onnx", v: 1, params: { model } }),
    ...withDefault(sampler, "measurementNoiseStd", noiseStd),
    ...withSchedule(sampler, asked),
  };
  return { ...rest, name: asked.name, inputs };
}

function withDefault(
  { inputs }: Document,
  name: string,
  given: NonNullable<Slot["default"]>,
): Record<string, Slot> {
  const slot = inputs[name];
  return slot === undefined ? {} : { [name]: { ...slot, default: given } };
}

/** What the sampler is told of the noise; null where it is told nothing. */
export const noiseOf = ({ inputs }: Document): number | null => {
  const given = inputs["measurementNoiseStd"]?.default;
  return typeof given === "number" ? given : null;
};

/** The steps that the sampler's schedule has; null where it has no such number. */
export const stepsOf = (sampler: Document): number | null => {
  const steps = scheduleOf(sampler)?.params?.["steps"];
  return typeof steps === "number" ? steps : null;
};

function scheduleOf({ inputs }: Document): NodeDefault | null {
  const given = inputs["schedule"]?.default;
  return typeof given === "object" && "type" in given ? given : null;
}

/** A schedule of much less noise than this costs steps and shows nothing. */
const leastSigma = 0.02;

/** A schedule that ends at the measurement's noise goes on doing so. */
function withSchedule(sampler: Document, { steps, noiseStd }: Restoration): Record<string, Slot> {
  const schedule = scheduleOf(sampler);
  if (schedule === null || stepsOf(sampler) === null) return {};
  const follows = schedule.params?.["sigmaMin"] === noiseOf(sampler);
  const sigmaMin = follows ? { sigmaMin: Math.max(noiseStd, leastSigma) } : {};
  const params = { ...schedule.params, steps, ...sigmaMin };
  return withDefault(sampler, "schedule", { ...schedule, params });
}
