import { z } from "zod";
import { mixturePreset, mixturePresets } from "../../nodes/prior/mixture-presets.ts";

/** A place in the plane, or a way across it. */
export type Vector = readonly [x: number, y: number];

/** A round Gaussian of a mixture in the plane. */
export interface Component {
  readonly mean: Vector;
  readonly std: number;
  /** Beside those of the others; they need not sum to 1. */
  readonly weight: number;
}

const positive = z.number().positive();
const schema = z.union([
  z.strictObject({ preset: z.enum(mixturePresets), std: positive.optional() }),
  z.strictObject({
    means: z.array(z.tuple([z.number(), z.number()])).min(1),
    std: z.union([positive, z.array(positive)]),
    weights: z.array(z.number().min(0)).optional(),
  }),
]);

/** The components that params of a mixture name; null where they name no mixture of round Gaussians in the plane. */
export function componentsOf(params: unknown): readonly Component[] | null {
  const { data } = schema.safeParse(params);
  if (data === undefined) return null;
  const { means, std, weights } = "preset" in data ? presetParts(data.preset, data.std) : data;
  const counts = [means.length, Array.isArray(std) ? std.length : means.length];
  if (new Set([...counts, weights?.length ?? means.length]).size > 1) return null;
  return means.map((mean, i) => ({
    mean,
    std: typeof std === "number" ? std : (std[i] ?? 0),
    weight: weights?.[i] ?? 1,
  }));
}

interface Parts {
  readonly means: readonly Vector[];
  readonly std: number | readonly number[];
  readonly weights?: readonly number[] | undefined;
}

function presetParts(name: (typeof mixturePresets)[number], given: number | undefined): Parts {
  const { means, std } = mixturePreset(name);
  const values = "values" in means ? means.values : [];
  const points = Array.from(
    { length: values.length / 2 },
    (_, i) => [values[2 * i] ?? 0, values[2 * i + 1] ?? 0] as const,
  );
  return { means: points, std: given ?? (typeof std === "number" ? std : 0.1) };
}

/** Params that name the components: one standard deviation and no weights where all are alike. */
export function paramsOf(components: readonly Component[]): Readonly<Record<string, unknown>> {
  const stds = components.map(({ std }) => rounded(std));
  const weights = components.map(({ weight }) => rounded(weight));
  return {
    means: components.map(({ mean }) => mean.map((value) => rounded(value))),
    std: new Set(stds).size === 1 ? stds[0] : stds,
    ...(new Set(weights).size === 1 ? {} : { weights }),
  };
}

/** As many digits as can be told apart on a screen, so that files stay short. */
export const rounded = (value: number): number => Number(value.toFixed(3));

/** Further from its mean, in standard deviations, a component is taken to be nothing. */
const reach = 6;

/** The density of a mixture. */
export function densityOf(components: readonly Component[]): (x: number, y: number) => number {
  const total = components.reduce((sum, { weight }) => sum + weight, 0);
  const parts = components.map(({ mean, std, weight }) => ({
    mean,
    half: 1 / (2 * std ** 2),
    most: (reach * std) ** 2,
    height: weight / (total * 2 * Math.PI * std ** 2),
  }));
  return (x, y) => {
    let sum = 0;
    for (const { mean, half, most, height } of parts) {
      const distance = (x - mean[0]) ** 2 + (y - mean[1]) ** 2;
      if (distance < most) sum += height * Math.exp(-distance * half);
    }
    return sum;
  };
}
