import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { readNpz } from "../../runtime/tensor/npz.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";

const caseSchema = z.looseObject({
  id: z.string(),
  file: z.string(),
  sampler: z.string(),
  variant: z.string().default(""),
  /** Path of the network from the folder above the manifest. */
  prior: z.string(),
  hyper_parameters: z.record(z.string(), z.unknown()),
  operator: z.looseObject({ kind: z.string() }),
  measurement_noise_std: z.number().optional(),
  grid: z.record(z.string(), z.unknown()).optional(),
  tolerance: z.record(z.string(), z.number()),
  primary_criterion: z.string().default("max"),
  tolerance_out_rms: z.number().optional(),
  tolerance_out_q99: z.number().optional(),
  /** For a feature that need not be implemented. */
  optional: z.boolean().default(false),
});
/** One run of the authors' code, as its manifest describes it. */
export type GoldenCase = z.infer<typeof caseSchema>;

export type Arrays = Readonly<Record<string, TensorData>>;

/** The cases of a folder in the golden format. */
export function readManifest(folder: string): readonly GoldenCase[] {
  const manifest = z.looseObject({ cases: z.array(caseSchema) });
  const text = readFileSync(path.join(folder, "manifest.json"), "utf8");
  return manifest.parse(JSON.parse(text)).cases;
}

export function readArrays(folder: string, { file }: GoldenCase): Arrays {
  return readNpz(readFileSync(path.join(folder, file)));
}

/**
 * What a dotted path such as `operator.factor` or `grid.steps.0.t` names in a case; `grid.steps.*.t` is the
 * list of every step's. Of several paths the first that names something.
 */
export function valueAt(golden: GoldenCase, paths: string | readonly string[]): unknown {
  return [paths]
    .flat()
    .map((dotted) => follow(golden, dotted.split(".")))
    .find((found) => found !== undefined);
}

function follow(from: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return from;
  if (key === "*") {
    const all = Array.isArray(from) ? from.map((entry) => follow(entry, rest)) : [undefined];
    return all.includes(undefined) ? undefined : all;
  }
  if (typeof from !== "object" || from === null || !Object.hasOwn(from, key)) return undefined;
  return follow((from as Record<string, unknown>)[key], rest);
}
