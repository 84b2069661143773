import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { machine, writeResult } from "../bench/result-file.ts";
import { root } from "../bench/subject.ts";
import { cacheFile, keepOutcome, readOutcome } from "./cache.ts";
import { grid } from "./grid.ts";
import { pictureSets } from "./pictures.ts";
import { readPlan, rowsOf, type Row } from "./plan.ts";
import type { Finished } from "./finished.ts";
import { groupsOf, resultsMarkdown } from "./report.ts";
import { mean, type Outcome } from "./row.ts";
import { keptTrials, searchCsv } from "./search-csv.ts";

const { values } = parseArgs({
  options: {
    set: { type: "string", multiple: true },
    problem: { type: "string", multiple: true },
    sampler: { type: "string", multiple: true },
    cores: { type: "string", default: "2" },
    minutes: { type: "string", default: "240" },
    models: { type: "string", default: "models" },
    "keep-search": { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});
const sets = Object.keys(pictureSets);
const manner = {
  models: path.resolve(root, values.models),
  quick: values.quick,
  keepSearch: values["keep-search"],
};
const asked = (wanted: readonly string[] | undefined, name: string) =>
  wanted === undefined || wanted.includes(name);
const rows = rowsOf(readPlan(), sets).map((row, index) => ({ row, index }));
const wanted = rows.filter(
  ({ row }) =>
    asked(values.set, row.set) &&
    asked(values.problem, row.problem.name) &&
    asked(values.sampler, row.sampler.graph),
);
const end = performance.now() + 60_000 * Number(values.minutes);

let done = 0;
const left = wanted.values();
await Promise.all(Array.from({ length: Number(values.cores) }, work));

/** Takes row after row of what is left: two threads on one row are slower than two rows. */
async function work(): Promise<void> {
  for (const { row, index } of left) {
    const file = cacheFile(row, manner);
    const known = readOutcome(file);
    if (known === null && performance.now() > end) continue;
    const outcome = known ?? (await runInChild(row, index));
    if (known === null) keepOutcome(file, outcome);
    done += 1;
    console.log(`${done}/${wanted.length} ${line(row, outcome)}`);
  }
}

// Rows of earlier calls count too: the tables show all that is known.
const finished: Finished[] = rows.flatMap(({ row }) => {
  const outcome = readOutcome(cacheFile(row, manner));
  return outcome === null ? [] : [{ row, outcome }];
});
console.log(`${finished.length} of ${rows.length} rows are known`);
// A set has its own pages, so that one prior's rows are made anew without the others'.
if (values.write) {
  for (const set of sets) {
    const known = finished.filter(({ row }) => row.set === set);
    if (known.length === 0) continue;
    const all = rows.filter(({ row }) => row.set === set).length;
    const made = { machine: machine(1), rows: all, keptSearch: manner.keepSearch };
    writeResult(`samplers-${set}.md`, resultsMarkdown(set, known, made));
    if (!manner.keepSearch) writeResult(`search-${set}.csv`, searchCsv(known));
  }
  await writeGrids();
}

async function runInChild(row: Row, index: number): Promise<Outcome> {
  const file = fileURLToPath(new URL("child.ts", import.meta.url));
  const { models, quick } = manner;
  const kept = manner.keepSearch ? keptTrials(row) : null;
  const request = { row: index, sets, models, quick, kept };
  const args = ["--import", "tsx", file, JSON.stringify(request)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 28 });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Outcome;
}

function line({ set, problem, sampler, nfe }: Row, outcome: Outcome): string {
  const name = `${set} ${problem.name} ${sampler.label} ${nfe}`;
  if (!outcome.ran) return `${name}: not run: ${outcome.why}`;
  const { psnr, ssim, seconds } = outcome;
  return `${name}: ${mean(psnr).toFixed(2)} dB, SSIM ${mean(ssim).toFixed(3)}, ${seconds.toFixed(2)} s a picture`;
}

async function writeGrids(): Promise<void> {
  const folder = path.join(root, "docs/results/pictures");
  mkdirSync(folder, { recursive: true });
  for (const [name, group] of groupsOf(finished)) {
    const picture = await grid(group);
    if (picture !== null) writeFileSync(path.join(folder, `${name}.jpg`), picture);
  }
}
