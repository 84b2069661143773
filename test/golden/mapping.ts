import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { evaluateNumber, namesIn } from "../../runtime/graph/expression.ts";
import { isExpressionIssue, parseExpression } from "../../runtime/graph/expression-parse.ts";
import { valueAt, type Arrays, type GoldenCase } from "./manifest.ts";

const names = z.record(z.string(), z.string());
/** Regular expressions that the texts at these paths of the case must match. */
const when = names;
/** Either a literal, or `{ from }`: a path in the case. */
const paramValue = z.union([
  z.strictObject({ from: z.string() }),
  z.number(),
  z.string(),
  z.boolean(),
  z.array(z.number()),
]);

const operatorSchema = z.strictObject({
  when,
  /** Arrays that the case must hold. */
  arrays: z.array(z.string()).default([]),
  type: z.string(),
  params: z.record(z.string(), paramValue).default({}),
  /** Params that are given where the case holds what they name. */
  optional: z.record(z.string(), paramValue).default({}),
});

/** One wire, or a first value and the wire that gives those after it. */
const wireSchema = z.union([z.string(), z.strictObject({ first: z.string(), then: z.string() })]);

const samplerSchema = z.strictObject({
  when,
  graph: z.string(),
  schedule: z.strictObject({
    type: z.string(),
    /** Expressions over the case's hyper-parameters. */
    params: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}),
    fixed: names.default({}),
    /** Where the case lists the levels: a path, and the level after the last. */
    listed: z.strictObject({ alphaBar: z.string(), end: z.number() }).optional(),
  }),
  /** Expressions over hyper-parameters; several, where cases name a thing differently. */
  slots: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  prior: z.record(z.string(), z.unknown()).optional(),
  streams: names,
  wires: z.record(z.string(), wireSchema),
  outputs: names,
  /** Arrays that nothing in the graph answers to, and why. */
  unmapped: names.default({}),
  /** What differs for some cases. */
  variants: z.array(z.strictObject({ when, slots: names.default({}) })).default([]),
});

export type OperatorRule = z.infer<typeof operatorSchema>;
export type SamplerRule = z.infer<typeof samplerSchema>;
export type WireRule = z.infer<typeof wireSchema>;

const mappingSchema = z.strictObject({
  operators: z.array(operatorSchema),
  samplers: z.array(samplerSchema),
});

const { operators, samplers } = mappingSchema.parse(
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
      candidate.arrays.every((name) => arrays[name] !== undefined),
  );
  if (rule === undefined) throw new Error(`no operator is mapped to ${golden.operator.kind}`);
  return rule;
}

function matches(golden: GoldenCase, conditions: Readonly<Record<string, string>>): boolean {
  return Object.entries(conditions).every(([where, pattern]) => {
    const found = valueAt(golden, where);
    const text = typeof found === "string" ? found : JSON.stringify(found ?? null);
    return new RegExp(pattern, "iu").test(text);
  });
}

/**
 * The first of some expressions whose names are all hyper-parameters, as a number; undefined where
 * there is none.
 */
export function hyperParameter(
  { hyper_parameters: known }: GoldenCase,
  expressions: string | readonly string[],
): number | undefined {
  for (const text of [expressions].flat()) {
    const ast = parseExpression(text);
    if (isExpressionIssue(ast)) throw new Error(`mapping: ${text}: ${ast.message}`);
    if ([...namesIn(ast)].every((name) => Number.isFinite(Number(known[name] ?? "?"))))
      return evaluateNumber(ast, (name) => Number(known[name]));
  }
  return undefined;
}
