import { issueError } from "../../base/issue.ts";
import type { Checkpoint } from "../../execute/events.ts";
import type { Registry } from "../../graph/define-node.ts";
import type { StudioRun } from "./requests.ts";
import { scalarChanges } from "./scalar-changes.ts";

/**
 * A checkpoint of one run as the begin of another, which differs from it in numbers and in its seed only.
 *
 * @throws IssueError `fork.structure`.
 */
export function forkedCheckpoint(
  checkpoint: Checkpoint,
  parent: StudioRun,
  { document, options: { seed } }: StudioRun,
  registry: Registry,
): Checkpoint {
  const params = scalarChanges(parent.document, document, registry);
  if (params === null)
    throw issueError(
      "fork.structure",
      "The graph was changed in more than its numbers, so the run cannot go on with it from the middle.",
      {},
      { fix: "Run it from the beginning." },
    );
  return { ...checkpoint, seed, params: { ...checkpoint.params, ...params } };
}
