import path from "node:path";
import { parseArgs } from "node:util";
import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import { readManifest, type GoldenCase } from "./manifest.ts";
import { passed, prepareCase, replay, type PreparedCase } from "./replay.ts";
import { writeCase } from "./write-case.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { case: { type: "string" }, write: { type: "string" } },
});
const folder = path.resolve(positionals[0] ?? path.join(import.meta.dirname, "dev"));
const cases = readManifest(folder).filter(
  ({ id }) => values.case === undefined || id === values.case,
);
const { backend } = await createNodeBackend("cpu");

let good = 0;
/** Failures of cases that need not pass. */
let waived = 0;
for (const golden of cases)
  try {
    const prepared = prepareCase(folder, golden);
    if (values.write !== undefined) writeCase(path.resolve(values.write, golden.id), prepared);
    if (await passes(prepared)) good += 1;
    else if (golden.optional) waived += 1;
  } catch (error) {
    // One case that cannot be replayed must not hide the others.
    const said = error instanceof Error ? error.message : String(error);
    console.log(`FAILED ${golden.id}${optionally(golden)}: ${said}`);
    if (golden.optional) waived += 1;
  }
await backend.close();
const failed = cases.length - good;
console.log(`${good} passed, ${failed} failed${waived > 0 ? `, ${waived} of them optional` : ""}`);
process.exitCode = failed === waived && good > 0 ? 0 : 1;

/** Replays one case and prints how far every mapped array is off. */
async function passes(prepared: PreparedCase): Promise<boolean> {
  const { golden, task } = prepared;
  const result = await replay(prepared, backend);
  const said = result.comparisons.map(
    (comparison) => `${comparison.passed ? "" : "OFF "}${comparison.array} ${comparison.said}`,
  );
  const state = passed(result) ? "ok" : "FAILED";
  console.log(`${state} ${golden.id}${optionally(golden)}: ${said.join(", ")}`);
  for (const [array, why] of Object.entries(result.unmapped))
    console.log(`   not compared: ${array}: ${why}`);
  for (const remark of task.remarks) console.log(`   ${remark}`);
  return passed(result);
}

function optionally({ optional }: GoldenCase): string {
  return optional ? " (optional)" : "";
}
