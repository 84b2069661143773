import { issueError } from "../base/issue.ts";
import type { Ref } from "../graph/refs.ts";
import type { Scalar } from "../graph/values.ts";
import { newScope, type Host } from "../trace/host.ts";
import { readBack } from "./context.ts";
import { resolve, type Environment } from "./environment.ts";
import { newRegion, type Region } from "./region.ts";
import { portValue, type Wire } from "./wires.ts";

/** Output ports of a zone. */
export type Outputs = Readonly<Record<string, Wire>>;

const deepestZone = 32;

/**
 * A region for a body of the zone at `path`; `loops` counts it among the loops around what it holds.
 *
 * @throws IssueError `zone.depth`.
 */
export function innerRegion(environment: Environment, path: string, loops: 0 | 1): Region {
  const { region } = environment;
  if (region.scope.depth >= deepestZone)
    throw issueError("zone.depth", `Zones are nested more than ${deepestZone} deep.`, {
      node: path,
    });
  return newRegion(newScope(region.scope, path), region, region.batch, loops);
}

/** The host number that a reference stands for; a device scalar is read back. */
export function hostOf(environment: Environment, ref: Ref, path: string): Host<number> {
  const scalar = portValue(resolve(environment, ref), { kind: "scalar" }) as Scalar | undefined;
  if (scalar === undefined)
    throw issueError("port.mismatch", `${ref} is no scalar.`, { node: path });
  return scalar.on === "host" ? scalar.host : readBack(environment.region, scalar.value, path);
}
