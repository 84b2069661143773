import { z } from "zod";
import type { AnyNode } from "./define-node.ts";
import { isExpressionIssue, parseExpression } from "./expression-parse.ts";
import type { Expression } from "./expression.ts";
import { evaluateNumber, isExpressionText, namesIn } from "./expression.ts";
import { suggestion } from "./nearest.ts";
import { own } from "./own.ts";
import type { Fault } from "./zod-sentences.ts";
import { faultsOf } from "./zod-sentences.ts";

export interface ParamFault extends Fault {
  readonly code: "param.invalid" | "param.unknown" | "expression.invalid";
  readonly fix?: string;
}

/** A node's params against its definition. */
export interface NodeParams {
  /** Structural params with defaults filled in; null when a fault stands in the way. */
  readonly params: Readonly<Record<string, unknown>> | null;
  /** Numbers (defaults filled in) and expressions; names that are wired or faulty may be missing. */
  readonly scalars: Readonly<Record<string, number | Expression>>;
  readonly faults: readonly ParamFault[];
}

type Given = Readonly<Record<string, unknown>>;
type ParamShapes = Pick<AnyNode, "params" | "scalars">;

/** Reads params as a definition wants them; `wired` names the scalars that get their value from a wire. */
export function readParams(
  definition: ParamShapes,
  given: Given,
  wired: readonly string[] = [],
): NodeParams {
  const structural = pick(given, Object.keys(definition.params.shape));
  const parsed = definition.params.safeParse(structural);
  const scalars = readScalars(definition.scalars, given, wired);
  return {
    params: parsed.success ? parsed.data : null,
    scalars: scalars.scalars,
    faults: [
      ...unknownParams(definition, given),
      ...(parsed.success ? [] : structuralFaults(definition, parsed.error.issues, structural)),
      ...scalars.faults,
    ],
  };
}

function structuralFaults(
  { scalars }: ParamShapes,
  issues: readonly z.core.$ZodIssue[],
  given: Given,
): readonly ParamFault[] {
  const open = Object.keys(scalars.shape);
  return faultsOf(issues, given).map((fault) => {
    const value = own(given, String(fault.path[0]));
    const fix = `Write a value; it shapes the program, so it cannot be an expression${
      open.length === 0 ? "" : ` (${open.join(", ")} can)`
    }.`;
    return { ...fault, code: "param.invalid", ...(isExpressionText(value) ? { fix } : {}) };
  });
}

function readScalars(
  schema: z.ZodObject,
  given: Given,
  wired: readonly string[],
): Pick<NodeParams, "scalars" | "faults"> {
  const values: Record<string, number | Expression> = {};
  const faults: ParamFault[] = [];
  for (const name of Object.keys(schema.shape)) {
    const read = readScalar(schema, name, own(given, name));
    if ("faults" in read) {
      const excused = wired.includes(name) && own(given, name) === undefined;
      if (!excused) faults.push(...read.faults);
    } else values[name] = read.value;
  }
  return { scalars: values, faults: [...faults, ...jointFaults(schema, values, faults)] };
}

/** Rules between scalars, once each is well and all are numbers. */
function jointFaults(
  schema: z.ZodObject,
  values: NodeParams["scalars"],
  faults: readonly ParamFault[],
): readonly ParamFault[] {
  const names = Object.keys(schema.shape);
  if (faults.length > 0 || !names.every((name) => typeof values[name] === "number")) return [];
  const result = schema.safeParse(values);
  return result.success ? [] : invalid(faultsOf(result.error.issues, values));
}

type ReadScalar =
  | { readonly value: number | Expression }
  | { readonly faults: readonly ParamFault[] };

function readScalar(schema: z.ZodObject, name: string, given: unknown): ReadScalar {
  if (!isExpressionText(given)) return checkNumber(schema, name, given);
  const expression = parseExpression(given);
  if (isExpressionIssue(expression)) {
    const { message } = expression;
    return {
      faults: [
        {
          code: "expression.invalid",
          path: [name],
          message,
          expected: "an expression",
          got: given,
        },
      ],
    };
  }
  if (namesIn(expression).length > 0) return { value: expression };
  const checked = checkNumber(
    schema,
    name,
    evaluateNumber(expression, () => Number.NaN),
  );
  return "faults" in checked ? checked : { value: expression };
}

function checkNumber(schema: z.ZodObject, name: string, given: unknown): ReadScalar {
  const field = schema.shape[name];
  if (field === undefined) return { faults: [] };
  const result = z.safeParse(field, given);
  if (result.success && typeof result.data === "number") return { value: result.data };
  const faults = result.success ? [] : faultsOf(result.error.issues, given);
  return { faults: invalid(faults.map((fault) => ({ ...fault, path: [name, ...fault.path] }))) };
}

function unknownParams(definition: ParamShapes, given: Given): readonly ParamFault[] {
  const known = [...Object.keys(definition.params.shape), ...Object.keys(definition.scalars.shape)];
  return Object.keys(given)
    .filter((name) => !known.includes(name))
    .map((name) => unknownParam(name, known));
}

/** The fault of a param that nobody knows. */
export function unknownParam(name: string, known: readonly string[]): ParamFault {
  const fix = suggestion(name, known);
  return {
    code: "param.unknown",
    path: [name],
    message: `There is no param "${name}".`,
    expected: known.join(", "),
    got: name,
    ...(fix === undefined ? {} : { fix }),
  };
}

function invalid(faults: readonly Fault[]): readonly ParamFault[] {
  return faults.map((fault) => ({ ...fault, code: "param.invalid" }));
}

function pick(given: Given, names: readonly string[]): Given {
  return Object.fromEntries(
    names.filter((name) => own(given, name) !== undefined).map((name) => [name, given[name]]),
  );
}
