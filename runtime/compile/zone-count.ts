import { issueError } from "../base/issue.ts";
import { isForEach, isWhile, type Loop as LoopZone } from "../graph/document.ts";
import type { Ref } from "../graph/refs.ts";
import { mapHost, type Host } from "../trace/host.ts";
import { resolve, type Environment } from "./environment.ts";
import { expressionHost, paramHost } from "./scalar-param.ts";
import { hostOf } from "./zone-parts.ts";

/** The lists that a for-each zone goes over, by the names of their elements. */
export function eachLists(
  environment: Environment,
  each: Readonly<Record<string, Ref>>,
  path: string,
): ReadonlyMap<string, Host<readonly unknown[]>> {
  return new Map(
    Object.entries(each).map(([name, ref]) => {
      const wire = resolve(environment, ref);
      if (wire.kind !== "list")
        throw issueError("port.mismatch", `${name} goes over a list, got a ${wire.kind}.`, {
          node: path,
          port: name,
        });
      return [name, wire.value] as const;
    }),
  );
}

/** Iterations: the lists' common length, the count, or for a while zone its limit. */
export function loopCount(
  environment: Environment,
  zone: LoopZone,
  {
    path,
    lists,
  }: { readonly path: string; readonly lists: ReadonlyMap<string, Host<readonly unknown[]>> },
): Host<number> {
  if (isForEach(zone)) {
    const names = [...lists.keys()];
    return mapHost([...lists.values()], (...all) => commonLength(all, names, path));
  }
  const name = isWhile(zone) ? "max" : "count";
  const ref = zone.in?.[name];
  if (ref !== undefined) return wholeCount(hostOf(environment, ref, path), path);
  const written = zone.params?.[name];
  if (typeof written === "string" && written.startsWith("="))
    return wholeCount(
      expressionHost(environment, written.slice(1), () => undefined),
      path,
    );
  if (typeof written !== "number")
    throw issueError("param.missing", `${name} is missing: how many iterations?`, {
      node: path,
      port: name,
    });
  return wholeCount(paramHost(environment.build, `${path}.${name}`, written), path);
}

/** A count, which is whole; what the arithmetic of an expression leaves (0.1 · 30) is no fraction. */
function wholeCount(count: Host<number>, path: string): Host<number> {
  return mapHost([count], (n) => {
    const whole = Math.round(n);
    if (whole >= 0 && Math.abs(n - whole) <= 1e-9 * Math.max(1, whole)) return whole;
    throw issueError(
      "zone.count",
      `The number of iterations is ${n}, which is no whole number of at least 0.`,
      { node: path },
      { expected: "a whole number, 0 or more", got: String(n) },
    );
  });
}

function commonLength(
  lists: readonly (readonly unknown[])[],
  names: readonly string[],
  path: string,
): number {
  const lengths = lists.map((list) => list.length);
  const [first = 0] = lengths;
  if (lengths.every((length) => length === first)) return first;
  const said = names.map((name, i) => `${name} has ${lengths[i]}`).join(", ");
  throw issueError("zone.lengths", `the lists of a for-each zone must have one length: ${said}.`, {
    node: path,
  });
}
