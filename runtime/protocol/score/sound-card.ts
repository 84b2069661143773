import { z } from "zod";

/** What a prior's card says of sound: samples a second, and the names of the stems. */
const card = z.looseObject({
  sampleRate: z.number().positive(),
  stems: z.array(z.string()).optional(),
});
export type SoundCard = z.infer<typeof card>;

/** Of the first prior that says so; null in a run without sound. */
export function soundCardIn(models: Iterable<{ readonly card: unknown }>): SoundCard | null {
  for (const model of models) {
    const { success, data } = card.safeParse(model.card);
    if (success) return data;
  }
  return null;
}

/** The names of a signal's channels: those of the card, where it has as many. */
export function stemNames(sound: SoundCard | null, count: number): readonly string[] {
  const named = sound?.stems ?? [];
  if (count === named.length) return named;
  return Array.from({ length: count }, (_, i) => (count === 1 ? "" : `stem-${i + 1}`));
}
