import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { machine, writeResult } from "../bench/result-file.ts";
import { openCache } from "./cache.ts";
import { heatOf, type Heat } from "./heat.ts";
import { runApart } from "./jobs.ts";
import { problems } from "./problems.ts";
import { truthMarkdown, type Found } from "./report.ts";
import { createRunner } from "./run-graph.ts";
import { notRun } from "./samplers.ts";
import { solve } from "./solve.ts";

const { values } = parseArgs({
  options: {
    problem: { type: "string", multiple: true },
    sampler: { type: "string", multiple: true },
    most: { type: "string", default: "1000" },
    threads: { type: "string", default: "1" },
    jobs: { type: "string", default: "2" },
    fresh: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});
const asked = (wanted: readonly string[] | undefined, name: string) =>
  wanted === undefined || wanted.some((part) => name.includes(part));

const wanted = problems.filter(({ name }) => asked(values.problem, name));
const apart = Number(values.jobs) > 1 && wanted.length > 1;
if (apart)
  await runApart(
    wanted.map(({ name }) => name),
    Number(values.jobs),
    [
      "--most",
      values.most,
      "--threads",
      values.threads,
      ...(values.sampler ?? []).flatMap((name) => ["--sampler", name]),
      ...(values.fresh ? ["--fresh"] : []),
    ],
  );

const threads = Number(values.threads);
const [batch, seeds] = [1000, { exact: 1, sampler: 2 }];
const runner = await createRunner(threads);
const effort = {
  runner,
  cache: openCache(values.fresh && !apart),
  quiet: apart,
  batch,
  seeds,
  most: Number(values.most),
  wanted: (name: string) => asked(values.sampler, name),
};
const found: Found[] = [];
for (const problem of wanted) found.push(await solve(problem, effort));
const heats: Heat[] = [];
for (const noiseStd of [0.05, 0.1, 0.3]) heats.push(await heatOf(noiseStd, runner, batch));
await runner.close();

const whole = values.problem === undefined && values.sampler === undefined;
if (values.write && whole) {
  const reading = readFileSync(path.join(import.meta.dirname, "reading.md"), "utf8");
  const page = { machine: machine(threads), reading, batch, seeds, found, heats, notRun };
  writeResult("truth.md", truthMarkdown(page));
} else if (values.write) console.log("Not written: only a part was asked for.");
