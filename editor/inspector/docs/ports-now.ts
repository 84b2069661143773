import { IssueError } from "../../../runtime/base/issue.ts";
import type { AnyNode, InputPort, Ports } from "../../../runtime/graph/define-node.ts";
import { readParams } from "../../../runtime/graph/params.ts";

interface Both {
  readonly inputs: Ports<InputPort>;
  readonly outputs: Ports;
}

/** The ports that a definition has with these params; those it declares where the params are faulty. */
export function portsNow(definition: AnyNode, given: Readonly<Record<string, unknown>>): Both {
  return withParams(definition, given, (params) => definition.ports?.(params)) ?? definition;
}

/** What a definition makes of its params; null where they are faulty, or it makes nothing of them. */
export function withParams<T>(
  definition: AnyNode,
  given: Readonly<Record<string, unknown>>,
  make: (params: never) => T | undefined,
): T | null {
  const { params } = readParams(definition, given, []);
  if (params === null) return null;
  try {
    return make(params as never) ?? null;
  } catch (error) {
    if (error instanceof IssueError) return null;
    throw error;
  }
}
