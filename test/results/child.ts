import { z } from "zod";
import { readPlan, rowsOf } from "./plan.ts";
import { runRow } from "./row.ts";

const request = z.strictObject({
  /** Index among the rows of the plan. */
  row: z.int(),
  sets: z.array(z.string()),
  models: z.string(),
  quick: z.boolean(),
  /** What an earlier search found: PSNR on the tuning pictures of each trial, as the plan lists them. */
  kept: z.array(z.number().nullable()).nullable(),
});

// A process of its own, so that its most memory is the row's.
const { row: index, sets, ...how } = request.parse(JSON.parse(process.argv[2] ?? ""));
const row = rowsOf(readPlan(), sets)[index];
if (row === undefined) throw new Error(`there is no row ${index}`);
process.stdout.write(`${JSON.stringify(await runRow(row, how))}\n`);
