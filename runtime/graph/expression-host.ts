import { mapHost, type Host } from "../trace/host.ts";
import { evaluateNumber, namesIn, type Expression } from "./expression.ts";

/**
 * An expression over host scalars as one: float64, computed where its slowest name is.
 * `hosts` holds every name that the expression reads.
 */
export function hostExpression(
  ast: Expression,
  hosts: ReadonlyMap<string, Host<number>>,
): Host<number> {
  const names = [...namesIn(ast)];
  const args = names.map((name) => {
    const host = hosts.get(name);
    if (host === undefined) throw new Error(`internal: no host value for ${name}`);
    return host;
  });
  return mapHost(args, (...values: readonly number[]) =>
    evaluateNumber(ast, (name) => values[names.indexOf(name)] ?? Number.NaN),
  );
}
