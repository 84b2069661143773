import { IssueError } from "../../../runtime/base/issue.ts";
import type { AnyNode, InputPort, Ports } from "../../../runtime/graph/define-node.ts";
import { readParams } from "../../../runtime/graph/params.ts";

interface Both {
  readonly inputs: Ports<InputPort>;
  readonly outputs: Ports;
}

/** The ports that a definition has with these params; those it declares where the params are faulty. */
export function portsNow(definition: AnyNode, given: Readonly<Record<string, unknown>>): Both {
  if (definition.ports === undefined) return definition;
  const { params } = readParams(definition, given, []);
  if (params === null) return definition;
  try {
    return definition.ports(params);
  } catch (error) {
    if (error instanceof IssueError) return definition;
    throw error;
  }
}
