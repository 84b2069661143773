import path from "node:path";
import { parseArgs } from "node:util";
import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import { mappingOf, readManifest, replay, type GoldenCase } from "./replay.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { case: { type: "string" } },
});
const folder = path.resolve(positionals[0] ?? path.join(import.meta.dirname, "dev"));
const cases = readManifest(folder).filter(
  ({ id }) => values.case === undefined || id === values.case,
);
const { backend } = await createNodeBackend("cpu");

let passed = 0;
for (const golden of cases)
  try {
    if (await passes(golden)) passed += 1;
  } catch (error) {
    // One case that cannot be replayed must not hide the others.
    console.log(`FAILED ${golden.id}: ${error instanceof Error ? error.message : String(error)}`);
  }
await backend.close();
console.log(`${passed} passed, ${cases.length - passed} failed`);
process.exitCode = passed === cases.length && passed > 0 ? 0 : 1;

/** Replays one case and prints how far every mapped array is off. */
async function passes(golden: GoldenCase): Promise<boolean> {
  if (mappingOf(golden) === undefined) {
    console.log(`FAILED ${golden.id}: no graph is mapped to ${golden.sampler}, ${golden.variant}`);
    return false;
  }
  const comparisons = await replay(folder, golden, backend);
  const off = comparisons.filter(({ deviation, tolerance }) => !(deviation <= tolerance));
  const said = comparisons.map(
    ({ array, deviation, tolerance }) => `${array} ${deviation.toExponential(1)} (${tolerance})`,
  );
  console.log(`${off.length === 0 ? "ok" : "FAILED"} ${golden.id}: ${said.join(", ")}`);
  return off.length === 0;
}
