import { IssueError } from "../../runtime/base/issue.ts";
import type { BackendId } from "../../runtime/execute/backend.ts";
import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import { chain, computeEverywhere, type Numbers } from "./backend-checks.ts";

/** What the process says about one backend. */
export interface ChildReport {
  readonly id?: BackendId;
  readonly chosen?: string;
  readonly notices?: readonly string[];
  readonly numbers?: Numbers;
  readonly largest?: number;
  /** How many bytes the process grew by during the chained runs, after 50 to warm up. */
  readonly grownBytes?: number;
  readonly issues?: readonly { readonly code: string; readonly message: string }[];
}

async function tryBackend(wanted: "auto" | BackendId, steps: number): Promise<ChildReport> {
  try {
    const { backend, notices } = await createNodeBackend(wanted, { threads: 2 });
    const numbers = await computeEverywhere(backend);
    await chain(backend, 50);
    const before = process.memoryUsage.rss();
    const largest = await chain(backend, steps);
    const grownBytes = process.memoryUsage.rss() - before;
    await backend.close();
    const messages = notices.map(({ message }) => message);
    return {
      id: backend.id,
      chosen: backend.chosen,
      notices: messages,
      numbers,
      largest,
      grownBytes,
    };
  } catch (error) {
    if (error instanceof IssueError) return { issues: error.issues };
    throw error;
  }
}

// Started by its tests with a backend and a number of steps; prints one line of JSON.
const [wanted, steps] = process.argv.slice(2);
const report = await tryBackend((wanted ?? "auto") as "auto" | BackendId, Number(steps));
process.stdout.write(`${JSON.stringify(report)}\n`);
