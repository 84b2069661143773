import { z } from "zod";
import { samplesOf } from "./samples.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import type { Prepared } from "./prepare.ts";

/** What a prior's card says of sound: samples a second, and the names of the stems. */
const card = z.looseObject({
  sampleRate: z.number().positive(),
  stems: z.array(z.string()).optional(),
});
export type SoundCard = z.infer<typeof card>;

/** Of the first prior that says so; null in a run without sound. */
export function soundOf({ assets }: Pick<Prepared, "assets">): SoundCard | null {
  for (const model of assets.models.values()) {
    const { success, data } = card.safeParse(model.card);
    if (success) return data;
  }
  return null;
}

export interface Track {
  readonly name: string;
  readonly samples: Float32Array;
}

/** The names of a signal's channels: those of the card, where it has as many. */
export function stemNames(sound: SoundCard | null, count: number): readonly string[] {
  const named = sound?.stems ?? [];
  if (count === named.length) return named;
  return Array.from({ length: count }, (_, i) => (count === 1 ? "" : `stem-${i + 1}`));
}

/** Every channel of every sample of a [N, channels, length] tensor; nothing where it is no sound. */
export function tracksOf(name: string, tensor: TensorData, sound: SoundCard): readonly Track[] {
  const [count = 0, channels = 0, length = 0] = tensor.shape;
  if (tensor.shape.length !== 3 || tensor.dtype !== "float32") return [];
  const names = stemNames(sound, channels);
  return samplesOf(tensor).flatMap(({ data }, i) =>
    names.map((stem, channel) => ({
      name: [name, ...(count > 1 ? [i + 1] : []), ...(stem === "" ? [] : [stem])].join("-"),
      samples: (data as Float32Array).subarray(channel * length, (channel + 1) * length),
    })),
  );
}
