import path from "node:path";
import { parseArgs } from "node:util";
import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import { readManifest } from "./manifest.ts";
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
for (const golden of cases)
  try {
    const prepared = prepareCase(folder, golden);
    if (values.write !== undefined) writeCase(path.resolve(values.write, golden.id), prepared);
    if (await passes(prepared)) good += 1;
  } catch (error) {
    // One case that cannot be replayed must not hide the others.
    console.log(`FAILED ${golden.id}: ${error instanceof Error ? error.message : String(error)}`);
  }
await backend.close();
console.log(`${good} passed, ${cases.length - good} failed`);
process.exitCode = good === cases.length && good > 0 ? 0 : 1;

/** Replays one case and prints how far every mapped array is off. */
async function passes(prepared: PreparedCase): Promise<boolean> {
  const { golden, task } = prepared;
  const result = await replay(prepared, backend);
  const said = result.comparisons.map(
    (comparison) => `${comparison.passed ? "" : "OFF "}${comparison.array} ${comparison.said}`,
  );
  console.log(`${passed(result) ? "ok" : "FAILED"} ${golden.id}: ${said.join(", ")}`);
  for (const [array, why] of Object.entries(result.unmapped))
    console.log(`   not compared: ${array}: ${why}`);
  for (const remark of task.remarks) console.log(`   ${remark}`);
  return passed(result);
}
