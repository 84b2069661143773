import type { Scope } from "../../../runtime/graph/scope.ts";
import { nodeView } from "../../document/node-view.ts";
import { readersOf } from "../../document/reads.ts";
import type { Fault } from "./fix.ts";

/** A result of a node that nothing reads. */
interface UnreadPort {
  /** As its own body reads it. */
  readonly ref: string;
  readonly isTensor: boolean;
}

/** Results in a body that nobody reads, tensors first. */
export function unreadPorts(
  { analysis, registry }: Pick<Fault, "analysis" | "registry">,
  scope: Scope,
): readonly UnreadPort[] {
  const readers = readersOf(analysis.document);
  const ports = Object.keys(scope.body).flatMap((id) =>
    (nodeView(scope, id, analysis, registry)?.outputs ?? [])
      .filter(({ key, type }) => !readers.has(key) && type !== null && results.has(type.kind))
      .map(({ name, type }) => ({ ref: `${id}.${name}`, isTensor: type?.kind === "tensor" })),
  );
  return [...ports.filter(({ isTensor }) => isTensor), ...ports.filter((port) => !port.isTensor)];
}

const results: ReadonlySet<string> = new Set(["tensor", "number", "scalar", "list"]);
