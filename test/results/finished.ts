import type { Row } from "./plan.ts";
import type { Outcome } from "./row.ts";

/** A row of the tables, and what came of it. */
export interface Finished {
  readonly row: Row;
  readonly outcome: Outcome;
}
