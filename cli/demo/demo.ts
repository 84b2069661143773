import { join, relative } from "node:path";
import { registry } from "../../nodes/index.ts";
import { IssueError } from "../../runtime/base/issue.ts";
import type { EngineProcess } from "../engine/engine-process.ts";
import type { ExitCode } from "../exit-code.ts";
import { writeBytes } from "../files/bytes.ts";
import { reportError } from "../report-issues.ts";
import { execute } from "../run/execute.ts";
import { prepare, type Prepared } from "../run/prepare.ts";
import { formatSeconds, noProgress, progressBar } from "../run/progress.ts";
import { saveRun } from "../run/save.ts";
import { score } from "../run/score.ts";
import { scoreLines } from "../run/summary.ts";
import type { Terminal } from "../terminal.ts";
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
  const prepared = await prepareStage(stage, setting);
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
  const scores = await score(engine, prepared, outcome);
  for (const line of scoreLines(scores)) terminal.out(`  ${line}`);
  const kept = join(folder, stage.task);
  const picture = await saveRun(kept, prepared, outcome, { scores, title: stage.title });
  if (picture === null) throw new Error("internal: the sampler gave no picture x0");
  terminal.out(
    `  ${outcome.nfe} NFE in ${formatSeconds(ms / 1000)}; pictures in ${shown(kept, terminal)}`,
  );
  return picture;
}

function prepareStage({ task, feeds }: Stage, { engine, terminal }: Setting): Promise<Prepared> {
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
  return prepare(settings, { engine, registry, cwd: terminal.cwd });
}

function shown(path: string, { cwd }: Terminal): string {
  const short = relative(cwd, path);
  return short.startsWith("..") ? path : short;
}
