import type { BackendId } from "../../runtime/execute/backend.ts";
import type { Numbers } from "../support/backend-checks.ts";

/** What the page tells the test about one backend; only plain data crosses. */
export interface PageReport {
  readonly id?: BackendId;
  readonly chosen?: string;
  readonly notices?: readonly string[];
  readonly numbers?: Numbers;
  readonly largest?: number;
  /** How many bytes of GPU buffers the chained runs left behind. */
  readonly grownBytes?: number;
  /** Codes of the issues, where it threw them. */
  readonly issues?: readonly string[];
}

/** What the page offers as `globalThis.page`. */
export interface TestPage {
  /** Makes the backend, runs the models, and chains `steps` runs. */
  tryBackend(wanted: "auto" | BackendId, steps: number): Promise<PageReport>;
}
