import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const params = z.record(z.string(), z.unknown());
const slots = z.record(z.string(), z.number());
const node = z.strictObject({ type: z.string(), params: params.default({}) });

/** What a trial changes: numbers of slots, and params of the schedule. */
const change = z.strictObject({ slots: slots.default({}), schedule: params.default({}) });

const problemSchema = z.strictObject({
  name: z.string(),
  label: z.string(),
  /** Operator for each set of pictures; a set that is missing is not run. */
  operators: z.record(z.string(), node),
  noiseStd: z.number().default(0.05),
  /** Test pictures, where fewer than the set's. */
  images: z.number().optional(),
  /** Runs of which each picture's best by PSNR counts. */
  bestOf: z.number().default(1),
});

const samplerSchema = z.strictObject({
  label: z.string(),
  graph: z.string(),
  schedule: node,
  /** Network evaluations of each row, and evaluations a level of the schedule. */
  nfe: z.array(z.int().positive()),
  perLevel: z.number().default(1),
  slots: slots.default({}),
  /** Problems, all by default. */
  problems: z.array(z.string()).optional(),
  /** Picture sets, all but the large one by default. */
  sets: z.array(z.string()).default(["fashion28", "photo64"]),
  /** Test pictures by NFE, where fewer. */
  images: z.record(z.string(), z.number()).default({}),
  /** Tuning pictures by NFE, where fewer. */
  tuning: z.record(z.string(), z.number()).default({}),
  /** What a problem asks of this sampler, by the problem's name. */
  at: z.record(z.string(), change.extend({ initial: z.enum(["pinv"]).optional() })).default({}),
  /** Trials on the tuning pictures; the best mean PSNR is reported on the test pictures. */
  search: z.array(change).max(12).default([]),
});

const planSchema = z.strictObject({
  problems: z.array(problemSchema),
  samplers: z.array(samplerSchema),
});

export type Problem = z.infer<typeof problemSchema>;
export type Sampler = z.infer<typeof samplerSchema>;
export type Change = z.infer<typeof change>;

/** Every sampler, problem and trial of `npm run results`, as data. */
export function readPlan(): z.infer<typeof planSchema> {
  const file = path.join(import.meta.dirname, "plan.json");
  return planSchema.parse(JSON.parse(readFileSync(file, "utf8")));
}

/** One line of a table: a sampler at a budget on a problem and a set of pictures. */
export interface Row {
  readonly set: string;
  readonly problem: Problem;
  readonly sampler: Sampler;
  readonly nfe: number;
}

/** All rows in the order in which they are run: cheap sets and budgets first. */
export function rowsOf(plan: z.infer<typeof planSchema>, sets: readonly string[]): readonly Row[] {
  const rows = sets.flatMap((set) =>
    plan.problems
      .filter(({ operators }) => operators[set] !== undefined)
      .flatMap((problem) =>
        plan.samplers
          .filter((sampler) => sampler.sets.includes(set))
          .filter(({ problems }) => problems?.includes(problem.name) ?? true)
          .flatMap((sampler) => sampler.nfe.map((nfe) => ({ set, problem, sampler, nfe }))),
      ),
  );
  return rows.toSorted((a, b) => sets.indexOf(a.set) - sets.indexOf(b.set) || a.nfe - b.nfe);
}

/** A trial's slots and schedule: the sampler's, then the problem's, then the trial's own. */
export function settingOf({ sampler, problem, nfe }: Row, trial: Change) {
  const here = sampler.at[problem.name];
  const levels = Math.max(1, Math.round(nfe / sampler.perLevel));
  return {
    slots: { ...sampler.slots, ...here?.slots, ...trial.slots },
    schedule: {
      type: sampler.schedule.type,
      params: { ...sampler.schedule.params, steps: levels, ...here?.schedule, ...trial.schedule },
    },
    initial: here?.initial,
  };
}

export type Setting = ReturnType<typeof settingOf>;
