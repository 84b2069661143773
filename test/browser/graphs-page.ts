import type { BackendId } from "../../runtime/execute/backend.ts";

/** What the page offers as `globalThis.graphs`; data crosses as text (`toText`). */
export interface GraphsPage {
  /** Makes a backend in a new worker; a `HostReport`. */
  start(wanted: "auto" | BackendId): Promise<string>;
  /** Runs a `GraphCase` there, with the page's noise pool; an `Answer`. */
  run(graphCase: string): Promise<string>;
}
