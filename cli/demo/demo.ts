import { join, relative } from "node:path";
import { registry } from "../../nodes/index.ts";
import { IssueError } from "../../runtime/base/issue.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import type { EngineProcess } from "../engine/engine-process.ts";
import type { ExitCode } from "../exit-code.ts";
import { writeBytes } from "../files/bytes.ts";
import { sideBySide } from "../files/side-by-side.ts";
import { reportError } from "../report-issues.ts";
import { execute } from "../run/execute.ts";
import { isTensor, measure, type Metrics } from "../run/measure.ts";
import { prepare, type Prepared } from "../run/prepare.ts";
import { formatSeconds, noProgress, progressBar } from "../run/progress.ts";
import { saveRun } from "../run/save.ts";
import type { Terminal } from "../terminal.ts";
import { baselineOf } from "./baselines.ts";
import { underOneAnother } from "./rows.ts";
import { sampler, type Stage } from "./stages.ts";

interface Setting {
  readonly engine: EngineProcess;
  readonly terminal: Terminal;
  /** Where the pictures go. */
  readonly folder: string;
  /** Milliseconds. */
  readonly clock: () => number;
}

/** Restores the pictures of each stage in turn and tells how well it went. */
export async function demo(stages: readonly Stage[], setting: Setting): Promise<ExitCode> {
  const { terminal, folder, clock } = setting;
  const { bold } = terminal.colours;
  const began = clock();
  const rows: Uint8Array[] = [];
  terminal.out("Denoodle restores held-out pictures with DPS-MO and a trained prior.");
  for (const stage of stages) {
    terminal.out("");
    terminal.out(bold(stage.title));
    const ended = await runStage(stage, setting);
    if (typeof ended === "number") return ended;
    rows.push(ended);
  }
  const picture = join(folder, "side-by-side.png");
  await writeBytes(picture, await underOneAnother(rows));
  terminal.out("");
  terminal.out(`All done in ${formatSeconds((clock() - began) / 1000)}.`);
  terminal.out(`Everything in one picture: ${bold(shown(picture, terminal))}`);
  return 0;
}

async function runStage(stage: Stage, setting: Setting): Promise<Uint8Array | ExitCode> {
  const { engine, terminal, folder, clock } = setting;
  const prepared = await prepareStage(stage, terminal);
  const before = await baselineOf(engine, prepared, stage.baseline);
  const began = clock();
  const bar =
    terminal.progress === undefined ? noProgress : progressBar(terminal.progress, "  DPS-MO");
  const outcome = await execute(engine, prepared, terminal, { event: bar.take }).finally(bar.stop);
  const ms = clock() - began;
  if (outcome.status === "interrupted") {
    terminal.err("Interrupted.");
    return 130;
  }
  if (outcome.status === "failed") {
    reportError(new IssueError(outcome.issues), terminal);
    return 3;
  }
  const { x0 } = outcome.outputs;
  if (!isTensor(x0)) throw new Error("internal: the sampler gave no x0");
  const pictures = [
    { name: "degraded", picture: before.degraded },
    { name: before.name, picture: before.picture },
    { name: "restored", picture: x0 },
  ];
  const scored: Scored[] = [];
  for (const { name, picture } of pictures)
    scored.push({ name, picture, metrics: await measure(engine, picture, before.image) });
  for (const row of scored) terminal.out(`  ${scoreLine(row)}`);
  const kept = join(folder, stage.task);
  await saveRun(kept, prepared, outcome, scored.at(-1)?.metrics ?? { leftOut: [] });
  terminal.out(
    `  ${outcome.nfe} NFE in ${formatSeconds(ms / 1000)}; pictures in ${shown(kept, terminal)}`,
  );
  return sideBySide(
    [before.image, ...scored.map(({ picture }) => picture)],
    [`image\n${stage.title}`, ...scored.map(({ name, metrics }) => `${name}\n${db(metrics)}`)],
  );
}

function prepareStage({ task, feeds }: Stage, { cwd }: Terminal): Promise<Prepared> {
  const settings = {
    graph: sampler,
    task,
    feeds,
    inputs: [],
    params: [],
    seed: 0,
    backend: "auto",
    probes: [],
  } as const;
  return prepare(settings, registry, cwd);
}

interface Scored {
  readonly name: string;
  readonly picture: TensorData;
  readonly metrics: Metrics;
}

const db = ({ psnr }: Metrics): string => `${(psnr?.[0] ?? Number.NaN).toFixed(2)} dB`;

function scoreLine({ name, metrics }: Scored): string {
  const { ssim } = metrics;
  return `${name.padEnd(10)} PSNR ${db(metrics).padStart(8)}  SSIM ${(ssim?.[0] ?? Number.NaN).toFixed(3)}`;
}

function shown(path: string, { cwd }: Terminal): string {
  const short = relative(cwd, path);
  return short.startsWith("..") ? path : short;
}
