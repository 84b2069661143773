import { z } from "zod";
import type { Message } from "../document/history.ts";

/** What a task's signal is: `[C, …size]` of one sample. */
export const signalShape = z.object({ channels: z.number(), size: z.array(z.number()) });
export type SignalShape = z.infer<typeof signalShape>;

/** Signals that a prior takes, as far as its card says. */
export const priorShape = z.object({
  channels: z.nullable(z.number()),
  /** Axes beside the channels: 2 of pictures, 1 of sounds. */
  dimensions: z.nullable(z.number()),
  /** The one size that it takes; null: any, in steps of `multipleOf`. */
  spatial: z.nullable(z.array(z.number())),
  multipleOf: z.number(),
});
export type PriorShape = z.infer<typeof priorShape>;

const card = z.looseObject({
  inputs: z.record(z.string(), z.string()).catch({}).default({}),
  denoodle: z.looseObject({
    channels: z.number().optional(),
    spatial: z.array(z.number()).optional(),
    multipleOf: z.number().optional(),
    input: z.string().default("x"),
  }),
});

/** What the JSON beside a model says of its signals; null where that is no card. */
export function priorShapeOf(read: unknown): PriorShape | null {
  const { data } = card.safeParse(read);
  if (data === undefined) return null;
  const { channels = null, spatial = null, multipleOf = 1, input } = data.denoodle;
  const axes = /\[(.*)\]/.exec(data.inputs[input] ?? "")?.[1]?.split(",").length;
  const dimensions = spatial?.length ?? (axes === undefined ? null : axes - 2);
  return { channels, dimensions, spatial, multipleOf };
}

/** Why a prior cannot be the one of a task; null where it can, or where nothing is known of either. */
export function whyUnfit(signal: SignalShape | null, prior: PriorShape | null): Message | null {
  if (signal === null || prior === null) return null;
  const { channels, dimensions, spatial, multipleOf } = prior;
  const { size } = signal;
  if (dimensions !== null && dimensions !== size.length)
    return {
      key: dimensions === 1 ? "gallery.newSampler.unfit.sound" : "gallery.newSampler.unfit.picture",
    };
  if (channels !== null && channels !== signal.channels)
    return {
      key: "gallery.newSampler.unfit.channels",
      values: { count: channels, has: signal.channels },
    };
  if (spatial !== null && !spatial.every((each, axis) => each === size[axis]))
    return {
      key: "gallery.newSampler.unfit.size",
      values: { size: spatial.join(" × "), has: size.join(" × ") },
    };
  return size.every((each) => each % multipleOf === 0)
    ? null
    : {
        key: "gallery.newSampler.unfit.multiple",
        values: { count: multipleOf, has: size.join(" × ") },
      };
}

/** Small tasks before large ones: they run in a moment. Sounds, which are long, are as large as they are long. */
export const pixelsOf = (signal: SignalShape | null): number =>
  signal === null ? Infinity : signal.size.reduce((all, each) => all * each, signal.channels);
