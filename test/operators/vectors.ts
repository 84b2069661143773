import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { readNpz } from "../../runtime/tensor/npz.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";

const folder = path.resolve(import.meta.dirname, "../golden/operators");
const text = (file: string) => readFileSync(path.join(folder, file), "utf8");

const manifest = z.looseObject({
  operators: z.array(
    z.looseObject({
      name: z.string(),
      file: z.string(),
      tolerance: z.number(),
      /** What an array holds, and its name in the file. */
      arrays: z.record(z.string(), z.string()),
    }),
  ),
});

const mapping = z.record(
  z.string(),
  z.strictObject({
    type: z.string(),
    /** A string `name.npy` is an array of the operator's file. */
    params: z.record(z.string(), z.unknown()),
    /** What a projection's array was made of; the noiseless measurement where nothing is said. */
    projections: z
      .record(z.string(), z.strictObject({ measurement: z.string(), scale: z.number().default(1) }))
      .default({}),
    /** Arrays with another tolerance than the operator's, and why. */
    looser: z
      .record(z.string(), z.strictObject({ tolerance: z.number(), why: z.string() }))
      .default({}),
    /** Arrays that are not compared, and why. */
    unmapped: z.record(z.string(), z.string()).default({}),
  }),
);

/** One operator of the authors' code: its arrays, and the node that answers to it. */
export type Vector = z.infer<typeof manifest>["operators"][number] & {
  readonly node: z.infer<typeof mapping>[string] | undefined;
};

export function readVectors(): readonly Vector[] {
  const nodes = mapping.parse(JSON.parse(text("mapping.json")));
  const { operators } = manifest.parse(JSON.parse(text("operators_manifest.json")));
  return operators.map((operator) => ({ ...operator, node: nodes[operator.name] }));
}

const files = new Map<string, Readonly<Record<string, TensorData>>>();

export function arraysOf(file: string): Readonly<Record<string, TensorData>> {
  const known = files.get(file) ?? readNpz(readFileSync(path.join(folder, file)));
  files.set(file, known);
  return known;
}
