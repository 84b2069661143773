import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { evaluateNumber, namesIn } from "../../runtime/graph/expression.ts";
import { isExpressionIssue, parseExpression } from "../../runtime/graph/expression-parse.ts";
import { valueAt, type Arrays, type GoldenCase } from "./manifest.ts";

const names = z.record(z.string(), z.string());
/** Regular expressions that the texts at these paths of the case must match; several: one set of them. */
const when = z.union([names, z.array(names)]);
/** One name, or several, where cases name a thing differently: the first that a case has. */
const oneOf = z.union([z.string(), z.array(z.string())]);
/** A literal; `{ from }`: a path in the case; `{ array }`: one of its arrays, as a file. */
const paramValue = z.union([
  z.strictObject({ from: oneOf }),
  z.strictObject({ array: oneOf }),
  z.number(),
  z.string(),
  z.boolean(),
  z.array(z.number()),
]);

const operatorSchema = z.strictObject({
  when,
  /** Arrays that the case must hold. */
  arrays: z.array(oneOf).default([]),
  type: z.string(),
  /** A param whose value the case does not hold is left to the node's default. */
  params: z.record(z.string(), z.union([paramValue, z.record(z.string(), paramValue)])).default({}),
});

/** One wire; a first value and the wire that gives those after it; or a wire's values without repetitions. */
const wireSchema = z.union([
  z.string(),
  z.strictObject({ first: z.string(), then: z.string() }),
  z.strictObject({ distinct: z.string() }),
]);

/** An array of draws, and how many of them the graph takes where the case may leave out the last, unused ones. */
const streamSchema = z.union([z.string(), z.strictObject({ array: oneOf, draws: z.string() })]);

const samplerSchema = z.strictObject({
  when,
  graph: z.string(),
  schedule: z.strictObject({
    type: z.string(),
    /** Expressions over the case's hyper-parameters. */
    params: z.record(z.string(), oneOf).default({}),
    fixed: names.default({}),
    /** Where the case lists the levels: a path, and the level after the last. */
    listed: z
      .strictObject({
        alphaBar: oneOf,
        end: z.number(),
        /** Where it lists time indices of the DDPM table instead. */
        times: z.string().default("grid.t"),
        /** The levels are listed as they are visited, some of them more than once. */
        visits: z.boolean().default(false),
      })
      .optional(),
  }),
  /** Expressions over hyper-parameters; several, where cases name a thing differently. */
  slots: z.record(z.string(), oneOf),
  prior: z.record(z.string(), z.unknown()).optional(),
  streams: z.record(z.string(), streamSchema),
  wires: z.record(z.string(), wireSchema),
  outputs: names,
  /** Arrays that nothing in the graph answers to, and why. */
  unmapped: names.default({}),
  /** What differs for some cases. */
  variants: z
    .array(z.strictObject({ when, slots: z.record(z.string(), oneOf).default({}) }))
    .default([]),
});

export type OperatorRule = z.infer<typeof operatorSchema>;
export type SamplerRule = z.infer<typeof samplerSchema>;
export type WireRule = z.infer<typeof wireSchema>;
export type ParamRule = z.infer<typeof paramValue>;

const mappingSchema = z.strictObject({
  /** Other names of a hyper-parameter, the likeliest first. */
  aliases: z.record(z.string(), z.array(z.string())),
  operators: z.array(operatorSchema),
  samplers: z.array(samplerSchema),
});

const { aliases, operators, samplers } = mappingSchema.parse(
  JSON.parse(readFileSync(path.join(import.meta.dirname, "mapping.json"), "utf8")),
);

/** How a published sampler's parameters, draws and states map to a graph's slots, streams and wires. */
export function samplerRule(golden: GoldenCase): SamplerRule {
  const rule = samplers.find((candidate) => matches(golden, candidate.when));
  if (rule === undefined)
    throw new Error(`no graph is mapped to ${golden.sampler}, ${golden.variant}`);
  const more = rule.variants.filter((variant) => matches(golden, variant.when));
  return { ...rule, slots: Object.assign({}, rule.slots, ...more.map(({ slots }) => slots)) };
}

export function operatorRule(golden: GoldenCase, arrays: Arrays): OperatorRule {
  const rule = operators.find(
    (candidate) =>
      matches(golden, candidate.when) &&
      candidate.arrays.every((name) => arrayNamed(arrays, name) !== undefined),
  );
  if (rule === undefined) throw new Error(`no operator is mapped to ${golden.operator.kind}`);
  return rule;
}

function matches(golden: GoldenCase, conditions: z.infer<typeof when>): boolean {
  return [conditions].flat().some((all) =>
    Object.entries(all).every(([where, pattern]) => {
      const found = valueAt(golden, where);
      const text = typeof found === "string" ? found : JSON.stringify(found ?? null);
      return new RegExp(pattern, "iu").test(text);
    }),
  );
}

/** The first of some names under which the case holds an array. */
export function arrayNamed(
  arrays: Arrays,
  candidates: string | readonly string[],
): string | undefined {
  return [candidates].flat().find((name) => arrays[name] !== undefined);
}

/**
 * The first of some expressions whose names are all hyper-parameters or aliases of them, as a number;
 * undefined where there is none. An entry of a list is `NAME_INDEX`.
 */
export function hyperParameter(
  golden: GoldenCase,
  expressions: string | readonly string[],
): number | undefined {
  const known = numbersOf(golden);
  const numberOf = (name: string) =>
    [name, ...(aliases[name] ?? [])].map((alias) => known[alias]).find((n) => n !== undefined);
  for (const text of [expressions].flat()) {
    const ast = parseExpression(text);
    if (isExpressionIssue(ast)) throw new Error(`mapping: ${text}: ${ast.message}`);
    if ([...namesIn(ast)].every((name) => numberOf(name) !== undefined))
      return evaluateNumber(ast, (name) => numberOf(name) ?? Number.NaN);
  }
  return undefined;
}

/** Every number that a case states. */
function numbersOf({
  hyper_parameters: stated,
  measurement_noise_std,
}: GoldenCase): Readonly<Record<string, number | undefined>> {
  const entries = Object.entries({ measurement_noise_std, ...stated }).flatMap(([name, value]) =>
    Array.isArray(value)
      ? value.map((entry, i) => [`${name}_${i}`, Number(entry)] as const)
      : [[name, Number(value ?? "?")] as const],
  );
  return Object.fromEntries(entries.filter(([, value]) => Number.isFinite(value)));
}
