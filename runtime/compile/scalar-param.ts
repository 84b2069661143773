import { issueError } from "../base/issue.ts";
import type { AnyNode } from "../graph/define-node.ts";
import type { Scalar } from "../graph/values.ts";
import { leafHost, type Host } from "../trace/host.ts";
import { hostExpression } from "../graph/expression-host.ts";
import { namesIn } from "../graph/expression.ts";
import { parseExpression } from "../graph/expression-parse.ts";
import type { Build } from "./build.ts";
import { resolve, type Environment } from "./environment.ts";
import { portValue } from "./wires.ts";

interface Place {
  readonly path: string;
  readonly name: string;
  readonly written: Readonly<Record<string, unknown>>;
  readonly wires: Readonly<Record<string, string>>;
}

/** A scalar param: its wire, else its expression, else its number, else the definition's default. */
export function scalarParam(environment: Environment, definition: AnyNode, place: Place): Scalar {
  const { path, name, written, wires } = place;
  const ref = wires[name];
  if (ref !== undefined) {
    const wire = resolve(environment, ref);
    const value = portValue(wire, { kind: "scalar" });
    if (value === undefined)
      throw issueError("port.mismatch", `expected a scalar, got a ${wire.kind}.`, {
        node: path,
        port: name,
      });
    return value as Scalar;
  }
  const given = written[name];
  if (typeof given === "string" && given.startsWith("="))
    return {
      on: "host",
      host: expressionHost(environment, given.slice(1), (other) =>
        own(environment, definition, { ...place, name: other }),
      ),
    };
  const parsed = definition.scalars.shape[name]?.safeParse(given) as
    | { readonly success: true; readonly data: number }
    | {
        readonly success: false;
        readonly error: { readonly issues: readonly { readonly message: string }[] };
      }
    | undefined;
  if (parsed?.success !== true)
    throw issueError(
      "param.invalid",
      `${name}: ${parsed?.error.issues[0]?.message ?? "unknown param"}.`,
      {
        node: path,
        port: name,
      },
    );
  return { on: "host", host: paramHost(environment.build, `${path}.${name}`, parsed.data) };
}

/** Another scalar param of the same node, for an expression that names it. */
function own(
  environment: Environment,
  definition: AnyNode,
  place: Place,
): Host<number> | undefined {
  if (!Object.hasOwn(definition.scalars.shape, place.name)) return undefined;
  const scalar = scalarParam(environment, definition, place);
  return scalar.on === "host" ? scalar.host : undefined;
}

/** The host value that stands for a number which a run may change. */
export function paramHost(build: Build, key: string, value: number): Host<number> {
  const known = build.params.get(key);
  if (known !== undefined) return known.host;
  const host = leafHost<number>(build.root, key);
  build.params.set(key, { host, value });
  return host;
}

/** An expression over host scalars; `lookup` serves plain names, `@names` are resolved in the body. */
export function expressionHost(
  environment: Environment,
  text: string,
  lookup: (name: string) => Host<number> | undefined,
): Host<number> {
  const ast = parseExpression(text);
  if ("code" in ast) throw issueError(ast.code, ast.message, ast.at);
  const hosts = [...namesIn(ast)].map((name): [string, Host<number>] => {
    const found = name.startsWith("@") ? namedHost(environment, name) : lookup(name);
    if (found === undefined)
      throw issueError(
        "expression.name",
        `the expression reads ${name}, which is no number here.`,
        {},
      );
    return [name, found];
  });
  return hostExpression(ast, new Map(hosts));
}

function namedHost(environment: Environment, name: string): Host<number> | undefined {
  const value = portValue(resolve(environment, name), { kind: "scalar" }) as Scalar | undefined;
  return value?.on === "host" ? value.host : undefined;
}
