import type { Damage, DamageKind } from "./damage.ts";
import type { Side } from "./fit-photo.ts";
import { restoringSamplers } from "./samplers.ts";

/** All that a person chooses beside the photo and its mask. */
export interface Choices {
  readonly damage: DamageKind;
  readonly factor: 2 | 4;
  readonly blurStd: number;
  readonly noiseStd: number;
  readonly side: Side;
  readonly square: boolean;
  /** As `fitPhoto` takes it. */
  readonly along: number;
  readonly sampler: string;
  readonly model: string;
  /** Null: as many as the sampler has. */
  readonly steps: number | null;
}

/** Photos that are not noisy to the eye have about this much. */
const littleNoise = 0.02;

export const firstChoices: Choices = {
  damage: "missing",
  factor: 4,
  blurStd: 2,
  noiseStd: littleNoise,
  side: 256,
  square: false,
  along: 0.5,
  sampler: restoringSamplers[0]?.name ?? "",
  model: "photo64",
  steps: null,
};

export function damageOf({ damage, factor, blurStd }: Choices): Damage {
  if (damage === "small") return { kind: damage, factor };
  if (damage === "blurred") return { kind: damage, std: blurStd };
  return { kind: damage };
}

/** Whether the sampler is told how noisy the photo is. */
export const knowsNoise = ({ sampler }: Choices): boolean =>
  restoringSamplers.find(({ name }) => name === sampler)?.knowsNoise ?? false;
