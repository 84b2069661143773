import { soundCardIn, stemNames, type SoundCard } from "../../runtime/protocol/score/sound-card.ts";
import { samplesOf } from "./samples.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import type { Prepared } from "./prepare.ts";

/** Null in a run without sound. */
export const soundOf = ({ assets }: Pick<Prepared, "assets">): SoundCard | null =>
  soundCardIn(assets.models.values());

export interface Track {
  readonly name: string;
  readonly samples: Float32Array;
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
