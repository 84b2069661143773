import type { Ref } from "../../runtime/graph/refs.ts";
import type { Resolved } from "../../runtime/graph/resolve.ts";
import { isCounter } from "../../runtime/graph/resolve.ts";
import type { Scope } from "../../runtime/graph/scope.ts";
import { scopesOutwards } from "../../runtime/graph/scope.ts";
import { keyOf } from "./keys.ts";

/** The reference by which a body reads a source that it can see. */
export function loopRef({ source, field }: Resolved, from: Scope): Ref {
  const tail = field === undefined ? "" : `.${field}`;
  if (source.kind === "port") return `${source.id}.${source.port}${tail}`;
  if (source.kind === "state" && source.back > 0) return `@${source.name}.${source.back}${tail}`;
  if (source.kind !== "counter") return `@${source.name}${tail}`;
  const innermost = scopesOutwards(from).find(({ kind }) => kind === "loop");
  const isOwn = innermost !== undefined && keyOf(innermost.path) === keyOf(source.scope.path);
  return isOwn || !isCounter(source.name)
    ? `@${source.name}`
    : `@${source.scope.id}.${source.name}`;
}
